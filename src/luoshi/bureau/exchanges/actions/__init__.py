"""What is done with packages between the city's house and a county's: making, taking, and telling what became of each part."""

from luoshi.bureau.exchanges.actions.arriving import take_up
from luoshi.bureau.exchanges.actions.founding import found
from luoshi.bureau.exchanges.actions.packing import own_fingerprint, pack
from luoshi.bureau.exchanges.actions.registering import register
from luoshi.bureau.exchanges.actions.reporting import send_up
from luoshi.bureau.exchanges.actions.taking import take

__all__ = ["found", "own_fingerprint", "pack", "register", "send_up", "take", "take_up"]
