"""A reader of a kind of file."""

from tender_eval.files.reader import Reader
from tender_eval.files.readers import YamlReader
from tender_eval.plugins.spec import hookimpl


class Portal(Reader):
    """What a portal exports. Source: this test."""

    name = "portal"
    suffixes = (".yaml",)

    def recognises(self, source):
        return source.suffix == ".yaml" and b"bids:" in source.data

    def read(self, source, problems):
        return YamlReader().read(source, problems)


@hookimpl
def tender_eval_readers():
    return [Portal]
