"""Clock and chance are found wherever they are read outside the edges."""

import pytest

from tests.tools.tree import plant
from tools.check_clocks import readings


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("from datetime import datetime, UTC\nx = datetime.now(UTC)\n", "datetime.datetime.now"),
        ("import datetime\nx = datetime.datetime.utcnow()\n", "datetime.datetime.utcnow"),
        ("import datetime as dt\nx = dt.date.today()\n", "datetime.date.today"),
        ("from time import time\nx = time()\n", "time.time"),
        (
            "from django.utils import timezone\nfield = Field(default=timezone.now)\n",
            "django.utils.timezone.now",
        ),
        ("import secrets\nx = secrets.token_bytes(20)\n", "secrets.token_bytes"),
        ("import os\nx = os.urandom(20)\n", "os.urandom"),
        ("from uuid import uuid4\nx = uuid4()\n", "uuid.uuid4"),
        ("import random\nx = random.Random()\n", "random.Random"),
    ],
)
def test_a_reading_in_a_use_case_is_found(tmp_path, source, name):
    plant(tmp_path, {"src/inro/usecases/a.py": source})
    assert list(readings(tmp_path)) == [f"src/inro/usecases/a.py:2: {name}: make it an argument"]


def test_edges_read_the_clock(tmp_path):
    plant(tmp_path, {"src/inro/signer/a.py": "import time\nx = time.time()\n"})
    assert list(readings(tmp_path)) == []


def test_devices_have_chance_but_no_clock(tmp_path):
    source = "import secrets\nimport time\nx = secrets.token_bytes(8)\ny = time.time()\n"
    plant(tmp_path, {"src/inro/virtual_card/a.py": source})
    assert list(readings(tmp_path)) == ["src/inro/virtual_card/a.py:4: time.time: make it an argument"]


def test_a_generator_may_be_an_argument(tmp_path):
    source = "import random\ndef draw(rng: random.Random) -> float:\n    return rng.random()\n"
    plant(tmp_path, {"src/inro/practice/a.py": source})
    assert list(readings(tmp_path)) == []


def test_monotonic_time_measures_durations(tmp_path):
    plant(tmp_path, {"src/inro/usecases/a.py": "import time\nx = time.monotonic()\n"})
    assert list(readings(tmp_path)) == []
