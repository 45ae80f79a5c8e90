"""Rules about sources: what their examples do not show."""

from acg.rules import find_rule
from acg.rules.examples import TODAY, version
from acg.rules.guardrails import Guardrails
from acg.rules.verdict import Failure
from tests.rules.judging import judge


def test_a_signature_is_in_no_message():
    blob = "https://contoso.blob.core.windows.net/vhds/os.vhd?sv=2024-11-04&sig=c2VjcmV0"
    disks = {
        "osDiskImage": {"source": {"uri": blob}},
        "dataDiskImages": [{"lun": 0, "source": {"uri": blob}}],
    }
    rule = find_rule("disk-source-once")
    assert rule
    [(_, verdict)] = judge(rule, [version(storage=disks)], Guardrails(), TODAY)
    assert isinstance(verdict, Failure)
    assert "vhds/os.vhd" in verdict.message
    assert "c2VjcmV0" not in verdict.message
