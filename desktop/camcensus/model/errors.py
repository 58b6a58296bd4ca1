"""Errors that name whose fault it is. `str(error)` is one sentence fit for staff."""


class CamcensusError(Exception):
    """Base of all expected errors. Anything else that escapes is a bug of ours."""


class WireError(CamcensusError):
    """The peer sent something its protocol does not allow."""


class DiscoveryError(CamcensusError):
    """This network, or this computer's place in it, stopped us."""


class ScopeError(DiscoveryError):
    """A network or range that may not be scanned, or an interface that does not exist."""


class IntakeError(CamcensusError):
    """A file that a person brought cannot be read at all."""


class DeviceListError(IntakeError):
    """A file lists what is on a network (leases, a switch's table, a capture), and is no register."""


class EncodingUnknownError(IntakeError):
    """A text file does not say how its letters are written, and no guess fits: a person can name the encoding."""


class StoreError(CamcensusError):
    """An inventory or another file of ours cannot be used."""


class NotOurFileError(StoreError):
    """The file is not a Camcensus file."""


class NewerFileError(StoreError):
    """The file was made by a newer Camcensus; nothing was written to it."""


class DamagedFileError(StoreError):
    """The file is ours and does not hold together."""


class FileBusyError(StoreError):
    """Another program, or another Camcensus, has the file open."""


class DiskError(StoreError):
    """The disk refused: full, read-only, or no permission."""


class NotStartedError(IntakeError, StoreError):
    """The system did not start a process that looks at strangers' files. No file is to blame."""


class SignatureError(StoreError):
    """A signed file is not what was signed, or not signed by a key that we take."""


class UpdateError(StoreError):
    """An update of the knowledge base was refused; what was in use stays."""


class NoUpdateKeyError(UpdateError):
    """There is no key to check an update with."""


class PolicyError(StoreError):
    """A policy file of the IT team cannot be used, or it does not allow what was asked for."""


class KnowledgeError(CamcensusError):
    """Our own sources, or the vendors.db built from them, are wrong."""


class DemoError(CamcensusError):
    """The simulated estate cannot be started on this computer."""
