"""Pictures of home pages as evidence: PNG files in a folder, with a JSON file that says what each shows."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

from crawler.errors import StorageError

INDEX = "screenshots.json"


class Screenshots:
    """A round's folder of pictures, `SITE-LANGUAGE.png` each; made at the first picture."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entries(self) -> list[dict[str, str]]:
        """What the index says, by file name: file, site, language, url, taken (ISO 8601), sha256."""
        try:
            found = json.loads((self.folder / INDEX).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return []
        return [entry for entry in found if (self.folder / entry["file"]).is_file()]

    def languages(self, site_id: str) -> set[str]:
        """The versions of a site that have a picture."""
        return {entry["language"] for entry in self.entries() if entry["site"] == site_id}

    def add(self, site_id: str, language: str, url: str, png: bytes, taken: datetime) -> None:
        """Keep a picture. Raises StorageError."""
        name = f"{site_id}-{language}.png"
        entry = {
            "file": name,
            "site": site_id,
            "language": language,
            "url": url,
            "taken": taken.isoformat(timespec="seconds"),
            "sha256": hashlib.sha256(png).hexdigest(),
        }
        others = [known for known in self.entries() if known["file"] != name]
        listing = json.dumps(sorted([*others, entry], key=lambda known: known["file"]), ensure_ascii=False, indent=1)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(png)
            waiting = self.folder / f"{INDEX}.new"
            waiting.write_text(listing, encoding="utf-8")
            waiting.replace(self.folder / INDEX)
        except OSError as fault:
            raise StorageError(
                f"{self.folder}: a picture cannot be kept ({fault.strerror}). Make room there."
            ) from fault
