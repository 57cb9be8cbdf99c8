"""Where definitions come from when no document gives one."""

PLAN_COUNT = "工作要点自定口径，须由牵头科室确认"
