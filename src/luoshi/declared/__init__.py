"""What the law says, nationally. Only declarations live here."""

from luoshi.declared.indicators import INDICATORS

__all__ = ["INDICATORS"]
