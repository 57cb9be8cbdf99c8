"""Files of the national systems with one heading row: class lists, rosters, teachers, children, OneRoster."""

from luoshi.checking.rosters.coding import Coder
from luoshi.checking.rosters.importing import Rostered, import_roster
from luoshi.checking.rosters.loading import load_rosters
from luoshi.checking.rosters.reconciling import Reconciled, reconcile

__all__ = ["Coder", "Reconciled", "Rostered", "import_roster", "load_rosters", "reconcile"]
