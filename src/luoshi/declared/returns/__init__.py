"""Returns of the nation: what schools and counties report, in which columns, held to which rules."""

from collections.abc import Mapping

from luoshi.declared.returns.campus import Programmes, SchoolWork
from luoshi.declared.returns.class_sizes import ClassBands, Classes, Pupils
from luoshi.declared.returns.counties import CountyCounts
from luoshi.declared.returns.county_work import Grants, Requests
from luoshi.declared.returns.funds import Budgets, CivilServantPay, PayTotals, SchoolFunds
from luoshi.declared.returns.institutions import Institutions, TrainingInstitutions
from luoshi.declared.returns.kindergartens import Kindergartens
from luoshi.declared.returns.premises import Equipment, Premises
from luoshi.declared.returns.pupils_served import Aid, Vision
from luoshi.declared.returns.staff import Staff, StaffCounts
from luoshi.declared.returns.works import Communities, Population, Projects
from luoshi.spine import Return

RETURNS: Mapping[str, type[Return]] = {
    Institutions.key: Institutions,
    Kindergartens.key: Kindergartens,
    ClassBands.key: ClassBands,
    Classes.key: Classes,
    Pupils.key: Pupils,
    Staff.key: Staff,
    StaffCounts.key: StaffCounts,
    Premises.key: Premises,
    Equipment.key: Equipment,
    Budgets.key: Budgets,
    SchoolFunds.key: SchoolFunds,
    PayTotals.key: PayTotals,
    CivilServantPay.key: CivilServantPay,
    Vision.key: Vision,
    Aid.key: Aid,
    Projects.key: Projects,
    Communities.key: Communities,
    TrainingInstitutions.key: TrainingInstitutions,
    Population.key: Population,
    CountyCounts.key: CountyCounts,
    SchoolWork.key: SchoolWork,
    Programmes.key: Programmes,
    Grants.key: Grants,
    Requests.key: Requests,
}
"""All of them by key."""

__all__ = [
    "RETURNS",
    "Aid",
    "Budgets",
    "CivilServantPay",
    "ClassBands",
    "Classes",
    "Communities",
    "CountyCounts",
    "Equipment",
    "Grants",
    "Institutions",
    "Kindergartens",
    "PayTotals",
    "Population",
    "Premises",
    "Programmes",
    "Projects",
    "Pupils",
    "Requests",
    "SchoolFunds",
    "SchoolWork",
    "Staff",
    "StaffCounts",
    "TrainingInstitutions",
    "Vision",
]
