"""Where peers are found that need an environment of their own."""

from pathlib import Path

DJANGO_CA_PYTHON = Path(__file__).parents[1] / ".venv-bench" / "bin" / "python"
DJANGO_CA_PROGRAM = Path(__file__).parent / "peers" / "issuing_with_django_ca.py"
