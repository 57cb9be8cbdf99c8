"""A certificate's code is checked by anybody; wrong guesses are entered, and whoever guesses too often waits."""

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.training.models import Credit
from luoshi.bureau.training.queries import certificate
from luoshi.bureau.training.trying import WAIT, many_checks
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def check(actor: Actor, code: str) -> Credit:
    """What a certificate's code stands for.

    Raises:
        RefusedError: there is no such certificate, or the address asked for too many that are none.
    """
    found = None if many_checks(actor.address) else certificate(code)
    if found is not None:
        return found
    with act(actor, "training.check", "certificate", "", "培训证书"):
        if many_checks(actor.address):
            minutes = int(WAIT.total_seconds() // 60)
            raise RefusedError(Finding("核验", "查不到的次数太多", "防止猜码", f"请 {minutes} 分钟后再试"))
        raise RefusedError(Finding("核验", "没有这张证书", "12 位字母和数字，见证书下方", "请照证书再输一次"))
