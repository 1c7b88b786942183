"""``tender-eval audit``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tender_eval.cli.formats import DOCUMENTS, Made, deliver_made
from tender_eval.cli.inputs import Inputs, catalogue_at
from tender_eval.cli.output import deliver, emit, output_option
from tender_eval.cli.times import at_option, entry_time

if TYPE_CHECKING:
    from tender_eval.audit.store import Written
    from tender_eval.files.policy import Policy

FILE = click.Path(path_type=Path)
SHAPES = ("text", "json", *DOCUMENTS)


@click.group("audit")
def command() -> None:
    """Read, check and mend the record of a case; what people decide is for `tender-eval case`."""


@command.command("show")
@click.argument("record", type=FILE)
@click.option("--kind", metavar="KIND", help="Only entries of this kind, such as score or correction.")
@click.option("--bid", metavar="ID", help="Only entries about this bid.")
@click.option("--format", "shape", type=click.Choice(SHAPES), default="text", show_default=True)
@output_option
@click.pass_obj
def show(inputs: Inputs, *, record: Path, kind: str | None, bid: str | None, shape: str, output: str | None) -> None:
    """Show the entries of a record in words.

    Only its chain is checked: whether what it says is right is for `audit verify`.
    """
    from tender_eval.audit.store import acknowledged, read_bytes
    from tender_eval.model.diagnostics import Diagnostic, Severity
    from tender_eval.model.location import Location
    from tender_eval.report.record.entries import entries_document, entries_json, entries_text
    from tender_eval.report.record.head import head_text

    found = acknowledged(record.as_posix(), read_bytes(record))
    wanted = [e for e in found.entries if kind in (None, e.kind) and bid in (None, e.body.get("bid"))]
    head = head_text(len(found.entries), found.link.head)
    made: Made = {
        "text": lambda: f"{entries_text(wanted)}{head}\n",
        "json": lambda: entries_json(wanted, found.link.head),
        **dict.fromkeys(DOCUMENTS, lambda: entries_document(record.as_posix(), wanted, head)),
    }
    deliver_made(made, shape, output, (str(record),))
    if found.tail:
        where = Location(record.as_posix(), len(found.entries) + 1, 1)
        hint = "audit repair cuts it off and enters that"
        inputs.tell([Diagnostic("TE092", f"the record ends in {found.told}", where, hint, Severity.WARNING)])


@command.command("verify")
@click.argument("record", type=FILE)
@click.option("--head", metavar="HASH", help="The head that was printed or kept elsewhere.")
@click.option(
    "--key", "keys", type=FILE, multiple=True, help="A public key (PEM) that must have signed all of it; repeatable."
)
@click.option("--policy", type=click.Path(), metavar="FILE", help="Who must have signed which acts (policy.yaml).")
@click.option(
    "--authority",
    "authorities",
    type=FILE,
    multiple=True,
    help="The certificate (PEM) of an authority whose time-stamps you trust; repeatable.",
)
@click.option("--format", "shape", type=click.Choice(SHAPES), default="text", show_default=True)
@output_option
@click.pass_context
def verify(
    ctx: click.Context, *, record: Path, head: str | None, keys: tuple[Path, ...], policy: str | None,
    authorities: tuple[Path, ...], shape: str, output: str | None,
) -> None:  # fmt: skip
    """Say of a record whether it is consistent, anchored and approved.

    Consistent: its chain, its digests, and every evaluation made again from its inputs. Anchored: a head that was kept
    elsewhere (--head) is its head, or a time-stamp that `audit anchor` kept is of an authority that you trust
    (--authority). Approved: each holder of a key (--key), and whoever a policy names (--policy), signed all that must
    be signed, and nothing was entered after. The first entry at fault is named with its field.

    Exits with 1 unless the record is consistent, and anchored and approved where that was asked. That entries at the
    end are missing shows against a head that was kept elsewhere: an earlier state of a record, with the signatures and
    time-stamps of then, is whole.
    """
    from tender_eval.audit.verify import verify as check
    from tender_eval.report.record.verification import verification_document, verification_json, verification_text

    if head is not None:  # an empty one too: whoever gives it wants it looked at
        _check_head(head)
    found = check(record, None, head or "", keys, _policy(ctx, policy), authorities)
    made: Made = {
        "text": lambda: verification_text(record.as_posix(), found),
        "json": lambda: verification_json(found),
        **dict.fromkeys(DOCUMENTS, lambda: verification_document(record.as_posix(), found)),
    }
    deliver_made(made, shape, output, (str(record),))
    if not found.holds:
        ctx.exit(1)


@command.command("diff")
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@click.option("--format", "shape", type=click.Choice(SHAPES), default="text", show_default=True)
@output_option
def diff(before: Path, after: Path, shape: str, output: str | None) -> None:
    """Tell what changed between two records, and what it did to the ranking."""
    from tender_eval.audit.compare import differences
    from tender_eval.audit.verify import read_case
    from tender_eval.report.record.differences import differences_document, differences_json, differences_text

    found = differences(read_case(before), read_case(after))
    made: Made = {
        "text": lambda: differences_text(found),
        "json": lambda: differences_json(found),
        **dict.fromkeys(DOCUMENTS, lambda: differences_document(before.as_posix(), after.as_posix(), found)),
    }
    deliver_made(made, shape, output, (str(before), str(after)))


@command.command("export")
@click.argument("record", type=FILE)
@click.option("--redacted", is_flag=True, help="Without names, prices and words of people.")
@output_option
def export(*, record: Path, redacted: bool, output: str | None) -> None:
    """Write what may be given to anybody who asks, as under the Freedom of Information Act 2000.

    It holds every entry by its number, kind, time and hash, with salted digests that prove the chain, how each bid
    stands, and the points for quality. Bidders that are not awarded are numbered; names of people, prices, reasons and
    files are withheld, and it says so.
    """
    from tender_eval.audit.verify import read_case
    from tender_eval.report.json.redacted import redacted_json

    if not redacted:
        raise click.UsageError("the record itself holds everything: give --redacted for what may leave the authority")
    deliver(redacted_json(read_case(record)), output, (str(record),))


@command.command("disclose")
@click.argument("record", type=FILE)
@click.option("--bid", metavar="ID", required=True, help="The bid whose bidder it is for.")
@click.option("--output", "--out", "-o", type=click.Path(), help="Write to this file instead of standard output.")
def disclose(*, record: Path, bid: str, output: str | None) -> None:
    """Write for one bidder its own part of the record and the proof that it stands there, and nothing of other bids.

    The part is what the bid stated, and how it came out once all of it is decided. Beside it the file holds the
    outline of every entry: number, kind, time, and salted digests. The bidder checks it by `audit check-part`, with the
    head as it was published or told elsewhere. The record is checked first.
    """
    from tender_eval.audit.commitments.disclosure import disclose as made
    from tender_eval.audit.verify import read_case
    from tender_eval.report.record.disclosed_part import disclosed_text

    found = made(read_case(record), bid, record.as_posix())
    deliver(found.data.decode(), output, (str(record),))
    click.echo(disclosed_text(bid, found), err=True, nl=False)


@command.command("check-part")
@click.argument("file", type=FILE)
@click.option("--head", metavar="HASH", required=True, help="The head, as it was published or told elsewhere.")
@click.option("--format", "shape", type=click.Choice(SHAPES), default="text", show_default=True)
@output_option
@click.pass_context
def check_part(ctx: click.Context, *, file: Path, head: str, shape: str, output: str | None) -> None:
    """Check, as a bidder, what `audit disclose` wrote: that the record with this head commits it.

    It shows what the record holds of the bid, and when that was entered. Whether the evaluation is right is for
    whoever has the whole record (`audit verify`).
    """
    from tender_eval.audit.commitments.part_check import check_part as checked
    from tender_eval.audit.store import read_bytes
    from tender_eval.report.record.disclosed_part import part_check_document, part_check_json, part_check_text

    _check_head(head)
    found = checked(read_bytes(file), head)
    made: Made = {
        "text": lambda: part_check_text(found),
        "json": lambda: part_check_json(found),
        **dict.fromkeys(DOCUMENTS, lambda: part_check_document(file.as_posix(), found)),
    }
    deliver_made(made, shape, output, (str(file),))
    if not found.holds:
        ctx.exit(1)


@command.command("verifier")
@output_option
def verifier(*, output: str | None) -> None:
    """Write verify_record.py, a second verifier that needs nothing but Python: for auditors and bidders.

    It was written by the page of the format and shares no line with `audit verify`. It checks records, what
    `audit disclose` and what `audit export --redacted` wrote, and evaluates nothing.
    """
    deliver((Path(__file__).parents[2] / "audit" / "verify_record.py").read_text(encoding="utf-8"), output)


@command.command("sign")
@click.argument("record", type=FILE)
@click.option("--key", type=FILE, required=True, help="The Ed25519 private key of the signer (PEM).")
@click.option("--signer", metavar="NAME", required=True, help="Who signs, as it is to be read.")
@at_option
def sign(record: Path, key: Path, signer: str, at: str | None) -> None:
    """Sign a record up to its head with an Ed25519 key.

    The signature is an entry of the record. Several may sign, one after the other.
    """
    from tender_eval.audit.signatures import is_encrypted, read_private
    from tender_eval.audit.writing import sign as signing

    password = None
    if is_encrypted(key):
        password = click.prompt(f"Password of {key}", hide_input=True, err=True).encode()
    private = read_private(key, password)
    _acknowledge(record, signing(record, private, signer, catalogue_at(record), entry_time(at)))


@command.command("anchor")
@click.argument("record", type=FILE)
@click.option(
    "--authority", "urls", metavar="URL", multiple=True, help="Ask it for a time-stamp (RFC 3161); repeatable."
)
@click.option("--request", type=click.Path(), metavar="FILE", help="Write the request here, to ask by other means.")
@click.option("--response", "replies", type=FILE, multiple=True, help="Keep this reply of an authority; repeatable.")
@at_option
def anchor(record: Path, urls: tuple[str, ...], request: str | None, replies: tuple[Path, ...], at: str | None) -> None:
    """Print the head of a record, and let authorities outside stamp the time at which it was so.

    Ask more than one: a time-stamp is worth what its authority is. Replies are entries of the record. Where nothing may
    be asked from here, take the request to the authority (--request) and bring its reply (--response). Without either,
    the head alone is printed, to be kept elsewhere: in minutes, a letter, a newspaper.
    """
    from tender_eval.audit.anchors import Reply, ask, request_for
    from tender_eval.audit.store import acknowledged, read_bytes
    from tender_eval.audit.writing import anchor as keep
    from tender_eval.cli.output import deliver_bytes
    from tender_eval.files.source import read_source
    from tender_eval.report.record.head import head_text

    found = acknowledged(record.as_posix(), read_bytes(record))
    if request is not None:
        deliver_bytes(request_for(found.entries).as_bytes(), request, (str(record),))
    kept = [Reply(path.name, read_source(path).data) for path in replies]
    kept += [ask(url, request_for(found.entries)) for url in urls]
    if kept:
        _acknowledge(record, keep(record, kept, catalogue_at(record), entry_time(at)))
    else:
        emit(head_text(len(found.entries), found.link.head, record.as_posix()) + "\n")


@command.command("repair")
@click.argument("record", type=FILE)
@at_option
def repair(record: Path, at: str | None) -> None:
    """Cut off what a crash left at the end of a record, and enter that it was done.

    Only what was never acknowledged is cut. A record without such a rest is left as it is.
    """
    from tender_eval.audit.writing import repair as mend

    _acknowledge(record, mend(record, entry_time(at)))


def _policy(ctx: click.Context, path: str | None) -> Policy | None:
    if path is None:
        return None
    from tender_eval.files.policy import policy_of

    inputs: Inputs = ctx.obj
    return policy_of(inputs.source(path))


def _check_head(head: str) -> None:
    if len(head.strip()) != 64:
        raise click.BadParameter("a head has 64 hexadecimal digits", param_hint="--head")


def _acknowledge(record: Path, written: Written) -> None:
    from tender_eval.report.record.head import told_of_record

    emit(told_of_record(record.as_posix(), written))
