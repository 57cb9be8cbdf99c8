from luoshi.spine import Indicator

INDICATORS: tuple[Indicator, ...] = ()
