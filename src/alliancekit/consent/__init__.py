"""What people agreed to: what concerns whom, its digest, who has said yes, and who has to say it again."""

from alliancekit.consent._content import audience, concerns, content, digest
from alliancekit.consent._fingerprint import fingerprint
from alliancekit.consent._merge import Conflict, Merged, merge
from alliancekit.consent._standing import standing_after
from alliancekit.consent._status import Consent, ConsentStatus, MemberStatus, ratify, stale_members, status
from alliancekit.consent._units import merged_order

__all__ = [
    "Conflict",
    "Consent",
    "ConsentStatus",
    "MemberStatus",
    "Merged",
    "audience",
    "concerns",
    "content",
    "digest",
    "fingerprint",
    "merge",
    "merged_order",
    "ratify",
    "stale_members",
    "standing_after",
    "status",
]
