"""Which tests stay in one worker: those that share what takes long to make."""

from xdist.scheduler import LoadScopeScheduling

# By the beginning of a path. xdist's own groups change node ids, which pytest no longer lets it do.
TOGETHER = (
    "tests/benchmarks/",
    "tests/cli/test_bad_input.py",
    "tests/japanese/test_tables.py",
    "tests/journeys/test_demo",
    "tests/journeys/test_killed.py",
    "tests/paper/test_redaction.py",
    "tests/pki/test_other_tools.py",
    "tests/web/test_browser.py",
    "tests/web/test_wizard_browser.py",
)


class TogetherScheduling(LoadScopeScheduling):
    """Gives each worker the tests of one place whole, all others one by one; the largest place first."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)
