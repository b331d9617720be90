"""Where uploads lie, from MEDIA_STORAGE_URL: a folder of this machine, or a bucket of storage that speaks as S3 does."""

from pathlib import Path
from urllib.parse import SplitResult, parse_qs, quote, unquote

from config.settings.values import VAR, WrongSetting, split, text

Options = dict[str, object]
WRONG = (
    "MEDIA_STORAGE_URL must look like file:///folder, or s3://KEY:SECRET@storage.example.org/bucket for storage that speaks "
    "as S3 does (with ?region=… where it has some, and ?tls=0 inside a network of your own). Nothing was started."
)
#: Seconds for a connection, and for each answer: then the page says to come back in a moment.
CONNECT_WAIT, ANSWER_WAIT = 2, 5


def media() -> tuple[Path, Options]:
    """The folder of uploads, and Django's storage for them. Raises WrongSetting."""
    parts = split(text("MEDIA_STORAGE_URL", f"file://{quote(str(VAR / 'media'))}"))
    if parts and is_folder(parts):
        backend = "django.core.files.storage.FileSystemStorage"
        return Path(unquote(parts.path)), {"BACKEND": backend}
    if parts and _is_bucket(parts):
        return VAR / "media", {"BACKEND": "core.bucket.Bucket", "OPTIONS": _bucket(parts)}
    raise WrongSetting(WRONG)


def is_folder(parts: SplitResult) -> bool:
    """Whether it names a folder of this machine: in `file://folder/` the folder would be another machine."""
    return parts.scheme == "file" and len(parts.path) > 1 and parts.netloc in {"", "localhost"}


def _is_bucket(parts: SplitResult) -> bool:
    bucket = parts.path.strip("/")
    whole = parts.username and parts.password and parts.hostname and bucket and "/" not in bucket
    return parts.scheme == "s3" and bool(whole)


def _bucket(parts: SplitResult) -> Options:
    try:
        # It is installed only where somebody uses it.
        from botocore.config import Config
    except ImportError:
        raise WrongSetting(
            "MEDIA_STORAGE_URL names S3 storage, and the program for it is not installed: requirements-s3.txt has it "
            "(docs/scale.md). Nothing was started."
        ) from None
    asked = parse_qs(parts.query)
    scheme = "http" if asked.get("tls") == ["0"] else "https"
    port = f":{parts.port}" if parts.port else ""
    return {
        "access_key": unquote(str(parts.username)),
        "secret_key": unquote(str(parts.password)),
        "bucket_name": parts.path.strip("/"),
        "endpoint_url": f"{scheme}://{parts.hostname}{port}",
        "region_name": asked.get("region", ["us-east-1"])[0],
        "file_overwrite": False,
        "default_acl": None,  # the bucket's own, which is to be private
        "client_config": Config(
            connect_timeout=CONNECT_WAIT,
            read_timeout=ANSWER_WAIT,
            retries={"total_max_attempts": 2},
            s3={"addressing_style": "path"},
            signature_version="s3v4",
        ),
    }
