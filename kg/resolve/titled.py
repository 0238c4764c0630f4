"""A paper's own thing has the name that its title gives it, not that of the known thing which it is a kind of."""

from dataclasses import replace

from kg.data import PaperEntity
from kg.normalize import clean_markup, compact, is_short_for, same_wording
from kg.resolve.forms import Reader

_LONGEST = 3  # words of a name before the colon of a title


def under_title(entity: PaperEntity, title: str, reader: Reader) -> PaperEntity:
    """The entity under the head of "Name: ..." where that is but an alias of what the paper introduces.

    Only if the lexicon knows the name that was chosen and not the head, and the head is no short form of the known.
    What names the known thing is no alias of the other.
    """
    head, colon, _ = title.partition(": ")
    head = head.strip()
    if not colon or entity.role != "introduces" or head == entity.name or head not in entity.aliases:
        return entity
    term = reader.read(entity.name, entity.type).term
    if term is None or reader.read(head, entity.type).term or not _is_name(head):
        return entity
    same = [alias for alias in entity.aliases if reader.read(alias, entity.type).term == term]
    if any(_says_same(head, form) for form in (entity.name, term.name, *term.aliases, *same)):
        return entity
    return replace(entity, name=head, aliases=tuple(form for form in entity.aliases if form not in (head, *same)))


def _is_name(head: str) -> bool:
    words = clean_markup(head).split()
    return len(words) <= _LONGEST and any(any(map(str.isupper, word[1:])) for word in words)


def _says_same(head: str, form: str) -> bool:
    either = is_short_for(head, form) or is_short_for(form, head)
    return either or compact(head) == compact(form) or same_wording(head, form, ())
