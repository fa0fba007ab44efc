"""Signs what it is told on standard input with botocore, at the moment it is told, and prints the results."""

import datetime
import json
import sys

import botocore.auth
import botocore.session
from botocore.auth import S3SigV4PostAuth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

asked = json.load(sys.stdin)
moment = datetime.datetime.strptime(asked["date"], "%Y%m%dT%H%M%SZ")


class FixedDateTime(datetime.datetime):
    @classmethod
    def utcnow(cls):
        return moment


class FixedModule:
    datetime = FixedDateTime


# Later versions call this function instead of the class.
botocore.auth.datetime = FixedModule
botocore.auth.get_current_datetime = lambda *_, **__: moment

session = botocore.session.Session()
session.set_credentials(asked["accessKeyId"], asked["secretAccessKey"])
config = Config(signature_version="s3v4", s3={"addressing_style": "auto"})
clients = {}


def client_of(case):
    place = (case["region"], case["endpoint"])
    if place not in clients:
        clients[place] = session.create_client(
            "s3", region_name=case["region"], endpoint_url=case["endpoint"] or None, config=config
        )
    return clients[place]


credentials = Credentials(asked["accessKeyId"], asked["secretAccessKey"])


def sign_url(case):
    """The URL that botocore makes of one without its signature, with everything else that is in it."""
    request = AWSRequest(method=case["method"], url=case["unsignedUrl"], headers=case["headers"])
    S3SigV4QueryAuth(credentials, "s3", case["region"], case["expires"]).add_auth(request)
    return request.url


def make_url(case):
    """The URL that botocore makes by itself."""
    return client_of(case).generate_presigned_url(
        case["operation"], Params=case["parameters"], ExpiresIn=case["expires"]
    )


def sign_policy(case):
    request = AWSRequest(method="POST", url="https://example.com/")
    request.context["timestamp"] = asked["date"]
    return S3SigV4PostAuth(credentials, "s3", case["region"]).signature(case["policy"], request)


json.dump(
    {
        "version": botocore.__version__,
        "urls": [{"made": make_url(case), "signed": sign_url(case)} for case in asked["urls"]],
        "policies": [sign_policy(case) for case in asked["policies"]],
    },
    sys.stdout,
)
