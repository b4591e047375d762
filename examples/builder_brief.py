"""A brief made by a program, without any source: `python examples/builder_brief.py [FOLDER]`.

Its table is data, its style is `harbour.toml` beside this file, and it becomes a PDF, a Word file and an e-book.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import octavo
from octavo.tree import build

HERE = Path(__file__).parent

# Port, minutes in 2019, minutes in 2024
MINUTES = [
    ("Alvorada", 31, 4),
    ("Ponta Alta", 24, 4),
    ("Santa Rita", 22, 3),
    ("Vila Nova", 26, 5),
    ("Farol", 22, 4),
]


def make_brief() -> octavo.Document:
    gains = [before - after for _, before, after in MINUTES]
    rows = [[port, str(before), str(after)] for port, before, after in MINUTES]
    return build.document(
        build.key_points(
            f"On average a port gained {sum(gains) / len(gains):.0f} minutes.",
            f"Every port gained at least {min(gains)}.",
        ),
        build.lead("Five ports have shared one storm warning for four years. This note gives the figures."),
        build.section(
            "The figures",
            build.paragraph(
                build.see("tbl-minutes"),
                " counts from the first sign of a storm to the warning of the pilots.",
                build.footnote("Mean of all storms in the year; the logs are open to everybody."),
            ),
            build.table(
                ["Port", "2019", "2024"],
                *rows,
                align=["left", "right", "right"],
                caption="Minutes to the warning",
                id="tbl-minutes",
            ),
            "The differences between the ports were large, and they have gone.",
        ),
        build.section(
            "From the log",
            build.styled(
                "logbook",
                build.paragraph(
                    "02:11 Pressure falls by 2.4 hPa. Pilots called; they call the ",
                    build.span("vessel", "Solveig"),
                    ".",
                ),
                build.paragraph("02:40 ", build.span("vessel", "Solveig"), " at anchor."),
                title="20 October 2023",
            ),
        ),
        build.recommendations("Begin with the list of telephone numbers.", "Publish the times."),
        build.author_note("Ana Lopes de Sousa is a senior fellow at the Harbour Institute."),
        title="Twenty-one Minutes",
        subtitle="A note on the joint storm warning",
        authors=[build.author("Ana Lopes de Sousa", affiliation="Harbour Institute")],
        publisher="Harbour Institute",
        series="Harbour Notes",
        issue="3",
        date=datetime.date(2024, 12, 2),
        language="en-GB",
    )


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "editions")
    for edition in octavo.export(
        make_brief(), folder, theme=HERE / "harbour.toml", name="twenty-one-minutes"
    ):
        print(f"{edition.path}  {edition.pages} pages")
        for diagnostic in edition.diagnostics:
            print(diagnostic)


if __name__ == "__main__":
    main()
