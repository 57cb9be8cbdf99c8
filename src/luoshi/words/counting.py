"""Measure words: what stands between a number and what is counted, where that is there whole or not at all."""

MEASURE_WORDS = frozenset("所 个 家 处 间 支 门 项 件 套 座 台 条 名 人 位 对 场 次 期 份 篇 部 节 块".split())
"""Those of plans."""
