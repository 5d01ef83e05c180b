"""The workspace itself: its settings, where its folders are, and who reads."""

from tui.doctor.findings import Area
from tui.doctor.patient import Patient
from tui.workspace import folder_problems


def examine(patient: Patient, area: Area) -> None:
    for wrong, mend in patient.unsound:
        area.error(wrong, mend)
    if patient.annotator is not None:
        name, folder = patient.annotator.name, patient.annotator.folder
        called = "" if name == folder else f" (folder {folder})"
        area.well.append(f"read as {name}{called}, from {patient.annotator.source}")
    if patient.workspace is None:
        return
    area.well.insert(0, f"“{patient.workspace.config.title}”")
    for problem in folder_problems(patient.workspace):
        area.error(problem, "make it a folder of its own inside the workspace, or name another one in config.yaml")
    if not patient.workspace.articles.is_dir():
        folder = patient.workspace.config.articles_folder
        area.warning(
            f"there is no folder “{folder}”, so there are no articles",
            "`variorum add FILE…` makes it; or name the right folder in config.yaml",
        )
