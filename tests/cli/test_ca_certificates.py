"""`inro ca-certificates`: the ceremony's certificate and its links into the records, once each (39.4)."""

from tests.cli.command import inro
from tests.pki.material import issuer, key
from tests.pki.test_ca_certificates import issued, ours


def test_the_ceremonys_certificate_is_entered_once_and_links_after_it(installation, tmp_path):
    def run(*what: str):
        return inro("ca-certificates", *what, "--home", str(installation), cwd=installation)

    def doctor() -> str:
        return inro("doctor", "--home", str(installation), cwd=installation).stdout

    (installation / "room" / "ca.der").write_bytes(issuer().certificate)
    assert "△ 認証局証明書の記録 / CA certificate on record: 未記録です" in doctor()
    first = run("enter")
    assert first.returncode == 0, first.stderr
    assert "記録 / entered: 自己署名証明書" in first.stdout
    assert "○ 認証局証明書の記録 / CA certificate on record: SHA-256" in doctor()
    link = tmp_path / "link.cer"
    link.write_bytes(issued(by=ours(), signed_with=key("ca"), to=ours(), about=key("next")))
    second = run("enter", str(link))
    assert "記録済み / on record already: 自己署名証明書" in second.stdout
    assert "記録 / entered: リンク証明書" in second.stdout
    assert [line.split()[1] for line in run("list").stdout.splitlines()] == ["リンク証明書", "自己署名証明書"]
    foreign = tmp_path / "foreign.cer"
    foreign.write_bytes(issued(by=ours(), signed_with=key("stranger"), to=ours(), about=key("stranger")))
    refused = run("enter", str(foreign))
    assert refused.returncode == 1
    assert "この認証局の鍵で署名されたCA証明書ではありません" in refused.stderr
    unreadable = tmp_path / "none.cer"
    unreadable.write_text("none")
    assert "証明書として読めません" in run("enter", str(unreadable)).stderr
    assert len(run("list").stdout.splitlines()) == 2
