"""Which editions of the policy govern: those put in force on record (2.1, 2.2)."""

from dataclasses import replace

from inro.configuration.policy import Policy
from inro.practice.editions import EditionAltered
from inro.store.reads.edition import activated_hashes, edition_records


def governing_policy(policy: Policy) -> Policy:
    """Return the policy with the editions that govern: those put in force, or all while none is on record.

    Raises: EditionAltered.
    """
    hashes = activated_hashes()
    if hashes is None:
        return policy
    for name, sha256 in sorted(hashes.items()):
        if name not in policy.editions or policy.editions[name].sha256 != sha256:
            raise EditionAltered(edition=name)
    governing = {name: edition for name, edition in policy.editions.items() if name in hashes}
    return replace(policy, editions=governing)


def edition_differences(policy: Policy) -> tuple[str, ...]:
    """Return a line for each edition on record that the policy has otherwise or not at all."""
    found = []
    for record in edition_records():
        edition = policy.editions.get(record.name)
        if edition is None:
            found.append(f"× {record.name}: ポリシーにありません / not in the policy")
        elif edition.sha256 != record.sha256:
            hashes = {text.kind.value: text.sha256 for text in edition.texts}
            changed = [text.file for text in record.texts if hashes.get(text.kind) != text.sha256]
            what = ", ".join(changed) or f"{record.name}.toml"
            found.append(f"× {record.name}: {what} が記録と異なります / is not what is on record")
    return tuple(found)
