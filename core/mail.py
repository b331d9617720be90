"""The one builder of mail: plain text and HTML from one template folder, one recipient, no private text inside."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def build(*, to: str, template: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """A mail to one address from `<template>_subject.txt`, `<template>_message.txt` and `<template>_message.html`.

    The context must hold nothing that says who wrote what to whom: mail is read on lock screens.
    """
    words = {**context, "site_url": settings.SITE_URL}
    subject = " ".join(render_to_string(f"{template}_subject.txt", words).split())
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{template}_message.txt", words).strip() + "\n",
        to=[to],
    )
    message.attach_alternative(render_to_string(f"{template}_message.html", words), "text/html")
    return message
