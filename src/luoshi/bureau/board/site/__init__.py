"""公开网站: what was approved for everybody as a folder of files that works from any server, any disk and without one."""
