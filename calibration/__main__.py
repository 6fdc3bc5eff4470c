"""`python -m calibration DATA_FOLDER`: make the table of points, the page and its pictures."""

from __future__ import annotations

from pathlib import Path

import click

from calibration import page, pictures, table
from calibration.measures import measure
from calibration.model import fit
from calibration.sample import FILE, read


@click.command()
@click.argument("data_folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(data_folder: Path) -> None:
    """Calibrate the financial score on DATA_FOLDER/polish_bankruptcy/polish_1year.csv."""
    if not (data_folder / FILE).is_file():
        raise click.UsageError(f"{data_folder} holds no {FILE.as_posix()}: name the folder above polish_bankruptcy.")
    firms, rows = read(data_folder), read(data_folder, distinct=False)
    points, found = fit(firms), measure(firms)
    files = {table.PATH: table.content(points), page.PATH: page.content(points, found, rows),
             page.IMAGES / "financial_score_calibration.svg": pictures.calibration(found),
             page.IMAGES / "financial_score_curves.svg": pictures.curves(found)}
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"Written: {path.relative_to(page.ROOT)}")
    click.echo(f"AUC {found.ours.auc:.3f}; Altman Z'' {found.z2.auc:.3f}, Z' {found.z1.auc:.3f}")


if __name__ == "__main__":
    main(prog_name="python -m calibration")
