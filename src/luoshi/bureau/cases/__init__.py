"""办件与名单: cases that run by declared procedures, and the lists that decided cases change."""
