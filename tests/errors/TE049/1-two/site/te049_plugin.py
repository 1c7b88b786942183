"""Two readers of one kind of file."""

from tender_eval.files.reader import Reader
from tender_eval.files.readers import YamlReader
from tender_eval.plugins.spec import hookimpl


class Portal(Reader):
    """What a portal exports. Source: this test."""

    name = "portal"
    suffixes = (".portal",)

    def read(self, source, problems):
        return YamlReader().read(source, problems)


class Agency(Portal):
    """What an agency exports. Source: this test."""

    name = "agency"


@hookimpl
def tender_eval_readers():
    return [Portal, Agency]
