"""What people agreed to: what concerns whom, its digest, who has said yes, and who has to say it again."""

from alliancekit.consent._amended import Amends, amended
from alliancekit.consent._applying import Applied, apply_check_in
from alliancekit.consent._change import Change
from alliancekit.consent._content import audience, concerns, content, digest
from alliancekit.consent._diff import AllianceDiff, MemberDiff, diff
from alliancekit.consent._fingerprint import fingerprint
from alliancekit.consent._merge import Conflict, Merged, merge
from alliancekit.consent._people import Departure, join, leave, settle, waived, withdraw
from alliancekit.consent._standing import standing_after
from alliancekit.consent._status import Consent, ConsentStatus, MemberStatus, ratify, stale_members, status
from alliancekit.consent._units import merged_order

__all__ = [
    "AllianceDiff",
    "Amends",
    "Applied",
    "Change",
    "Conflict",
    "Consent",
    "ConsentStatus",
    "Departure",
    "MemberDiff",
    "MemberStatus",
    "Merged",
    "amended",
    "apply_check_in",
    "audience",
    "concerns",
    "content",
    "diff",
    "digest",
    "fingerprint",
    "join",
    "leave",
    "merge",
    "merged_order",
    "ratify",
    "settle",
    "stale_members",
    "standing_after",
    "status",
    "waived",
    "withdraw",
]
