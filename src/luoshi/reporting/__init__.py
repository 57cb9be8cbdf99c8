"""Papers that leave the house and come back: workbooks and Word tables, written. Nothing here reads the clock or a database."""
