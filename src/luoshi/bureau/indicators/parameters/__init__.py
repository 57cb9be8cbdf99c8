"""参数: thresholds as documents and the bureau set them, what reads them, and which doubts were verified."""
