"""Who may do what: each role may do all that the roles before it may."""

from assessor.collect.documents import brief
from assessor.errors import DeniedError
from assessor.model.stored import EVERYWHERE, ROLES, Role, Visitor

SYSTEM = Visitor("assessor", {EVERYWHERE: "admin"})


def role_in(who: Visitor, project: str) -> Role | None:
    """The higher of the roles that the visitor has there and everywhere; None = none at all."""
    held = {who.roles.get(project), who.roles.get(EVERYWHERE)}
    return next((role for role in reversed(ROLES) if role in held), None)


def may(who: Visitor, project: str, role: Role) -> bool:
    """Whether the visitor may do there what that role does."""
    held = role_in(who, project)
    return held is not None and ROLES.index(held) >= ROLES.index(role)


def require(who: Visitor, project: str, role: Role) -> None:
    """Raises DeniedError where the visitor may not; it does not tell what is there."""
    if may(who, project, role):
        return
    if not may(who, project, "viewer"):
        raise hidden(who, f"project {brief(project)}")
    raise DeniedError(f"{brief(who.name)} may not do this: it wants the role {role}.")


def hidden(who: Visitor, what: str) -> DeniedError:
    """The refusal to show what there may be or not."""
    return DeniedError(f"{brief(who.name)} may not see {what}, if there is one.")
