"""Addresses of the glossary. What stands beside the terms is in `wordings.TAKEN`, so that no term is called so."""

from django.urls import path

from curriculum.glossary import decision_views, proposal_views, views

app_name = "glossary"
PROPOSAL = "<slug:slug>/proposals/<uuid:proposal_id>/"
urlpatterns = [
    path("", views.term_list, name="term_list"),
    path("propose/", proposal_views.term_propose, name="term_propose"),
    path("proposals/", proposal_views.proposal_list, name="proposal_list"),
    path("decide/", decision_views.proposals_adopt, name="proposals_adopt"),
    path("<slug:slug>/", views.term_show, name="term_show"),
    path("<slug:slug>/versions/", views.version_list, name="version_list"),
    path("<slug:slug>/read/", views.term_read, name="term_read"),
    path("<slug:slug>/propose/", proposal_views.wording_propose, name="wording_propose"),
    path("<slug:slug>/retire/", proposal_views.retirement_propose, name="retirement_propose"),
    path(PROPOSAL, proposal_views.proposal_show, name="proposal_show"),
    path(f"{PROPOSAL}edit/", proposal_views.proposal_edit, name="proposal_edit"),
    path(f"{PROPOSAL}open/", proposal_views.proposal_open, name="proposal_open"),
    path(f"{PROPOSAL}withdraw/", proposal_views.proposal_withdraw, name="proposal_withdraw"),
    path(f"{PROPOSAL}comments/", proposal_views.comment_post, name="comment_post"),
    path(
        f"{PROPOSAL}comments/<uuid:comment_id>/settle/",
        proposal_views.comment_settle,
        name="comment_settle",
    ),
    path(f"{PROPOSAL}adopt/", decision_views.proposal_adopt, name="proposal_adopt"),
    path(f"{PROPOSAL}decline/", decision_views.proposal_decline, name="proposal_decline"),
    path(f"{PROPOSAL}confirm/", decision_views.decision_confirm, name="decision_confirm"),
    path(f"{PROPOSAL}discard/", decision_views.decision_discard, name="decision_discard"),
]
