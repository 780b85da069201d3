"""The tables of who and what, by noun."""

from bekwaam.records.models.batch import Batch, SourceMapping, Upload
from bekwaam.records.models.bulk_change import BulkChange
from bekwaam.records.models.custom_field import CustomField
from bekwaam.records.models.editable import Customised, Editable
from bekwaam.records.models.job import Job
from bekwaam.records.models.mailing import Mailing
from bekwaam.records.models.note import Note
from bekwaam.records.models.opportunity import Opportunity, OpportunitySeller, StageEntry
from bekwaam.records.models.party import Customer, Membership, Product, Seller, Team, Territory
from bekwaam.records.models.questionnaire import Question, Questionnaire
from bekwaam.records.models.reading import Reading, Run
from bekwaam.records.models.response import Answer, Response
from bekwaam.records.models.saved_view import SavedView
from bekwaam.records.models.search import SearchEntry
from bekwaam.records.models.stored_file import StoredFile
from bekwaam.records.models.task import Task
from bekwaam.records.models.wave import Invitation, InvitationLink, InvitationMail, Wave

__all__ = [
    "Answer",
    "Batch",
    "BulkChange",
    "CustomField",
    "Customer",
    "Customised",
    "Editable",
    "Invitation",
    "InvitationLink",
    "InvitationMail",
    "Job",
    "Mailing",
    "Membership",
    "Note",
    "Opportunity",
    "OpportunitySeller",
    "Product",
    "Question",
    "Questionnaire",
    "Reading",
    "Response",
    "Run",
    "SavedView",
    "SearchEntry",
    "Seller",
    "SourceMapping",
    "StageEntry",
    "StoredFile",
    "Task",
    "Team",
    "Territory",
    "Upload",
    "Wave",
]
