"""The people of the demonstration. All of them are invented; what they share with anybody real is chance."""

from __future__ import annotations

from dataclasses import dataclass

HOSPITAL = "Riverton General Hospital"
SCHOOLS = "Riverton Unified Schools"
CITY = "City of Riverton Public Health"
RESIDENTS = "Eastside Residents’ Council"
FOUNDATION = "Riverton Community Foundation"
BACKBONE = "Riverton Healthy Starts"
ORGANIZATIONS = (HOSPITAL, SCHOOLS, CITY, RESIDENTS, FOUNDATION, BACKBONE)


@dataclass(frozen=True)
class Person:
    """One invented person: first name (also the log-in), family name, where they belong and what they do here."""

    first: str
    last: str
    organization: str
    cohorts: tuple[str, ...] = ()
    facilitates: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    seat: str | None = None
    language: str = ""
    pronouns: str = ""

    @property
    def name(self) -> str:
        """The name that others see."""
        return f"{self.first} {self.last}"


CAST = (
    Person("Ana", "Reyes", BACKBONE, roles=("backbone",), pronouns="she"),
    Person("Lena", "Kowalski", BACKBONE, roles=("backbone",)),
    Person("Ben", "Achterberg", HOSPITAL, ("spring",), seat="Hospitals", pronouns="he"),
    Person("Chioma", "Obi", RESIDENTS, ("spring",), seat="Lived experience", language="es"),
    Person("Marisol", "Vega", RESIDENTS, ("spring",), seat="Lived experience"),
    Person("Dev", "Banerjee", SCHOOLS, ("spring",), pronouns="he"),
    Person("Elu", "Whitehorse", CITY, ("spring",), pronouns="they"),
    Person("Fay", "Lindqvist", FOUNDATION),
    Person("Mo", "Haddad", BACKBONE, facilitates=("spring",)),
    Person("Rui", "Tavares", BACKBONE, roles=("editor",)),
    Person("Gus", "Petrov", BACKBONE, roles=("operator",)),
    Person("Hana", "Sato", HOSPITAL, ("spring",), pronouns="she"),
    Person("Ines", "Carvalho", CITY, ("spring",), pronouns="she"),
    Person("Jo", "Marsh", HOSPITAL, ("spring",)),
)

#: Members made up to fill the cohorts: spring has 14 people with the facilitator, autumn 18, pilot 4.
FILLERS = {
    "spring": (
        ("Tomas", "Okafor"), ("Wanda", "Pruitt"), ("Keisha", "Lamar"), ("Paul", "Nguyen"), ("Rosa", "Delgado"),
    ),
    "autumn": (
        ("Adaeze", "Nwosu"), ("Bill", "Carter"), ("Camila", "Torres"), ("Darnell", "Hughes"), ("Erika", "Olsen"),
        ("Farid", "Rahimi"), ("Gloria", "Simms"), ("Henry", "Zhao"), ("Imani", "Brooks"), ("Jorge", "Medina"),
        ("Katya", "Ivanova"), ("Luis", "Ortega"), ("Monique", "Baptiste"), ("Noah", "Fischer"), ("Olga", "Diaz"),
        ("Priya", "Raman"), ("Quinn", "Sullivan"), ("Ruth", "Abrams"),
    ),
    "pilot": (("Sam", "Yoder"), ("Thandi", "Mokoena"), ("Ursula", "Grant"), ("Victor", "Silva")),
}  # fmt: skip


def everybody() -> tuple[Person, ...]:
    """The cast and the fillers, each filler in an organization by turn."""
    fillers = [
        Person(first, last, ORGANIZATIONS[number % 5], (cohort,))
        for cohort, names in FILLERS.items()
        for number, (first, last) in enumerate(names)
    ]
    return (*CAST, *fillers)
