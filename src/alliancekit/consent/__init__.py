"""What people agreed to: what concerns whom, its digest, who has said yes, and who has to say it again."""

from alliancekit.consent._content import audience, concerns, content, digest
from alliancekit.consent._fingerprint import fingerprint
from alliancekit.consent._standing import standing_after
from alliancekit.consent._status import Consent, ConsentStatus, MemberStatus, ratify, stale_members, status

__all__ = [
    "Consent",
    "ConsentStatus",
    "MemberStatus",
    "audience",
    "concerns",
    "content",
    "digest",
    "fingerprint",
    "ratify",
    "stale_members",
    "standing_after",
    "status",
]
