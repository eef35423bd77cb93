"""`python -m tests.worker.filling FOLDER`: a list is replaced on a full disk under a reader's eyes."""

import sys
import threading
from pathlib import Path

from inro.adapters.web_tree import WebTree, WebTreeUnavailable

OLD, NEW = b"old" * 200_000, b"new" * 200_000
WORDS = {OLD: "old", NEW: "new"}


def look(file: Path, seen: list[str]) -> None:
    """Read the file; note what it was when that changes."""
    word = WORDS.get(file.read_bytes(), "neither")
    if seen[-1:] != [word]:
        seen.append(word)


def look_all_the_time(file: Path, seen: list[str], stop: threading.Event) -> None:
    """Read the file over and over."""
    while not stop.is_set():
        look(file, seen)


def fill(folder: Path) -> Path:
    """Leave no room on the disk of a folder."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast


def main(folder: Path) -> None:
    """Publish the old list, fill the disk, try the new one, make room, publish it."""
    tree = WebTree(folder=folder, address="http://unused.example")
    tree.publish("crl.crl", OLD)
    seen: list[str] = []
    stop = threading.Event()
    look(folder / "crl.crl", seen)
    reader = threading.Thread(target=look_all_the_time, args=(folder / "crl.crl", seen, stop))
    reader.start()
    ballast = fill(folder)
    try:
        tree.publish("crl.crl", NEW)
    except WebTreeUnavailable as refused:
        print("refused:", refused.__cause__.strerror)
    ballast.unlink()
    tree.publish("crl.crl", NEW)
    stop.set()
    reader.join()
    look(folder / "crl.crl", seen)
    print("\n".join(seen))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
