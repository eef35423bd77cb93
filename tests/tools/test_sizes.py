"""Long functions and files are found, at their very first line too many."""

from tests.tools.tree import plant, run
from tools.check_sizes import oversized


def function(lines):
    return "def long() -> None:\n" + "    pass\n" * (lines - 1)


def test_a_function_may_have_fifty_lines(tmp_path):
    plant(tmp_path, {"src/inro/a.py": function(50)})
    assert list(oversized(tmp_path)) == []


def test_a_function_of_fifty_one_lines_is_found(tmp_path):
    plant(tmp_path, {"src/inro/a.py": "import os\n\n" + function(51)})
    assert list(oversized(tmp_path)) == ["src/inro/a.py:3: function long of 51 lines, at most 50"]


def test_a_long_method_is_found(tmp_path):
    body = "".join(f"    {line}\n" for line in function(60).splitlines())
    plant(tmp_path, {"tests/test_a.py": "class A:\n" + body})
    assert list(oversized(tmp_path)) == ["tests/test_a.py:2: function long of 60 lines, at most 50"]


def test_files_have_limits_and_tests_a_wider_one(tmp_path):
    plant(tmp_path, {"src/inro/a.py": "#\n" * 400, "src/inro/b.py": "#\n" * 401})
    plant(tmp_path, {"tests/test_a.py": "#\n" * 600, "tests/test_b.py": "#\n" * 601})
    assert [line.partition(":")[0] for line in oversized(tmp_path)] == ["src/inro/b.py", "tests/test_b.py"]


def test_the_command_fails(tmp_path):
    plant(tmp_path, {"tools/a.py": function(51)})
    outcome = run(tmp_path, "python", "-m", "tools.check_sizes", PYTHONPATH="")
    assert outcome.returncode == 1
