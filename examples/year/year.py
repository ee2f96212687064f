"""
A year of one team, played again in a git repository of its own.

``python examples/year/year.py FOLDER`` makes the repository in FOLDER, which is not there yet, and prints what was done
and what came of it; `year.txt` is that text.
"""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import alliancekit as ak
from alliancekit import consent, library, living

HERE = Path(__file__).parent
NAME = "dawn.alliance.yaml"
EVERYBODY = ("hana", "ines", "tomas", "wale", "priya")
RECORDS = ("2027-03-01", "2027-06-07", "2027-09-06")
# Nothing of whoever runs it goes into the repository.
PLAIN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1", "COLUMNS": "100"}
WHO = {"GIT_AUTHOR_NAME": "Dawn", "GIT_AUTHOR_EMAIL": "dawn@example.org"}
WHO |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in WHO.items()}


class Year:
    """The repository, on one day after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / NAME
        self.day = ""

    def on(self, day: str, heading: str) -> None:
        """Begin a day."""
        self.day = day
        print(f"\n## {day}: {heading}\n")

    def run(self, command: str) -> None:
        """Run *command* of ours or of git, and print what it prints."""
        print(f"$ {command}")
        done = self._run(*command.split())
        print(done.stdout, end="")

    def git(self, *arguments: str) -> str:
        """Run git, and print nothing."""
        return self._run("git", *arguments).stdout

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        stamp = f"{self.day}T12:00:00Z"
        return subprocess.run(
            [*_PROGRAMS.get(program, [program]), *arguments],
            cwd=self.folder,
            env={**os.environ, **PLAIN, **WHO, "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def commit(self, message: str) -> None:
        """Commit all there is."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def read(self) -> ak.Alliance:
        """Return the alliance as it stands in the file."""
        return ak.load(self.file, ak.Alliance)

    def write(self, value: ak.Alliance) -> None:
        """Change the file to say *value*; its comments and its order stay."""
        with ak.edit(self.file, ak.Alliance) as document:
            document.value = value

    def reword(self, element: str, clause: str, text: str) -> None:
        """Put a clause in other words, as somebody does in an editor."""
        alliance = self.read()
        self.write(alliance.with_clauses(element, [getattr(alliance, element)[clause].with_text(text)]))

    def differs(self) -> None:
        """Print what differs from what was committed last."""
        before = self.folder / "before.alliance.yaml"
        before.write_text(self.git("show", f"HEAD:{NAME}"), encoding="utf-8")
        self.run(f"alliancekit diff {before.name} {NAME}")
        before.unlink()

    def say_yes(self, *members: str) -> None:
        """Let *members* agree to what the file says."""
        alliance = self.read()
        for member in members:
            alliance = consent.ratify(alliance, member, date.fromisoformat(self.day))
        self.write(alliance)
        print(f"yes: {', '.join(members)}; next: {consent.status(alliance).next_step}")

    def meet(self, day: str, heading: str) -> consent.Applied:
        """Hold a check-in: the record goes into the repository, and what it says into the alliance."""
        self.on(day, heading)
        record = f"dawn-{day}.check-in.yaml"
        shutil.copy(HERE / record, self.folder)
        applied = consent.apply_check_in(self.read(), ak.load(self.folder / record, ak.CheckIn))
        self.write(applied.proposed)
        print("carried on:", ", ".join(applied.carried))
        return applied


_MERGE = "merge %O %A %B --path %P --marker-size %L"
_PROGRAMS = {"alliancekit": [sys.executable, "-m", "alliancekit"]}


def conflict(text: str) -> str:
    """Return the lines of *text* on which two sides do not agree."""
    lines = text.splitlines()
    marks = [number for number, line in enumerate(lines) if line.startswith(("<<<<<<<", ">>>>>>>"))]
    return "\n".join(lines[marks[0] : marks[-1] + 1])


def founding(year: Year) -> None:
    """Everybody says yes, and what comes next stands in the calendar."""
    year.on("2027-01-11", "the founding")
    shutil.copy(HERE / "dawn.founding.yaml", year.file)
    year.git("init", "--quiet", "--initial-branch=main")
    year.git("config", "merge.alliancekit.driver", " ".join([*_PROGRAMS["alliancekit"], _MERGE]))
    (year.folder / ".gitattributes").write_text("*.alliance.yaml merge=alliancekit\n", encoding="utf-8")
    year.say_yes("hana", "ines", "tomas", "wale")
    year.commit("Found the Dawn team")
    year.run(f"alliancekit next {NAME} --after 2027-01-11 --limit 4")


def spring(year: Year) -> None:
    """A promise is broken, once and again; the second time it is changed, between the two whom it concerns."""
    year.meet("2027-03-01", "the first check-in")
    year.run(f"alliancekit status {NAME}")
    year.commit("Hold the first check-in")
    year.meet("2027-06-07", "the second check-in, and an amendment")
    year.differs()
    year.say_yes("hana", "tomas")
    year.commit("Hold the second check-in: what is certain at noon")


def summer(year: Year) -> None:
    """Somebody joins, so everybody agrees again; two change two clauses on two branches, and then one clause."""
    year.on("2027-07-05", "Priya joins")
    priya = ak.Member(id="priya", name="Priya", joined=date(2027, 7, 5))
    year.write(year.read().with_members(priya))
    year.differs()
    year.say_yes(*EVERYBODY)
    year.commit("Welcome Priya")

    year.on("2027-08-02", "two branches")
    year.git("checkout", "--quiet", "-b", "guests")
    year.reword("commitments", "guest-list", "Find the guests of the week, and call each of them the day before.")
    year.commit("Call guests the day before")
    year.git("checkout", "--quiet", "main")
    year.reword("values", "rested", "Sleep comes before polish, and before the news.")
    year.commit("Sleep before the news")
    year.run("git merge --quiet --no-edit guests")
    year.run(f"alliancekit status {NAME}")
    year.say_yes(*EVERYBODY)
    year.commit("Agree to both")

    year.on("2027-08-09", "two branches, and one clause")
    year.git("checkout", "--quiet", "-b", "earlier")
    year.reword("ground_rules", "two-days", "What was hard between two of us is said within one day.")
    year.commit("Say it within a day")
    year.git("checkout", "--quiet", "main")
    year.reword("ground_rules", "two-days", "What was hard between two of us is said before the next show.")
    year.commit("Say it before the next show")
    year.run("git merge --quiet --no-edit earlier")
    print(conflict(year.file.read_text(encoding="utf-8")))
    year.git("checkout", "--ours", NAME)
    year.say_yes(*EVERYBODY)
    year.commit("Keep what can be kept: before the next show")


def autumn(year: Year) -> None:
    """A promise is added, and the pulse is looked at over the year."""
    year.meet("2027-09-06", "the third check-in")
    year.say_yes(*EVERYBODY)
    year.commit("Hold the third check-in: voices from the street")
    records = [ak.load(HERE / f"dawn-{day}.check-in.yaml", ak.CheckIn) for day in RECORDS]
    print(living.pulse(records, bank=library.bank("check-in"))["pulse-trust"])


def winter(year: Year) -> None:
    """December's check-in was forgotten, and the review finds it."""
    year.on("2028-01-10", "the review")
    year.run("alliancekit audit . --as-of 2028-01-10")


def main(folder: Path) -> None:
    """Play the year in *folder*."""
    folder.mkdir(parents=True)
    year = Year(folder)
    for season in (founding, spring, summer, autumn, winter):
        season(year)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
