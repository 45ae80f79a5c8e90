"""What Microsoft's pages say of galleries in Lab Services, statement by statement, and the tests that hold it here.

The statements are those of how-to-use-shared-image-gallery.md in four languages (MicrosoftDocs, 2020 and 2021, about
lab accounts) and of how-to-attach-detach-shared-image-gallery.md.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
STATEMENTS = {
    "labs start from Marketplace or custom images, Windows or Linux": [
        "labs/test_apply.py::test_images_of_the_marketplace_stay_as_they_are",
        "labs/test_save.py::test_a_new_definition_has_the_system_of_the_lab",
        "acg_sandbox/arm/labs/test_accounts.py::test_what_cannot_be_exported_is_refused_and_leaves_nothing",
    ],
    "the OS disk has less than 128 GB; larger ones and several disks are not in the list": [
        "labs/test_status.py::test_what_labs_list_and_why_not",
        "acg_sandbox/arm/labs/test_labs.py::test_labs_are_offered_images_with_one_disk_of_up_to_128_gb",
        "rules/test_labs.py::test_a_fault_of_a_version_is_reported_where_it_can_be_put_right",
    ],
    "an administrator attaches a gallery with images from outside of labs, and creators use them": [
        "examples/test_examples.py::test_deployed_twice_the_second_time_changes_nothing",
        "labs/test_apply.py::test_it_enables_what_is_offered_and_a_second_run_writes_nothing",
    ],
    "a creator saves a lab's image, and others pick it": [
        "labs/test_save.py::test_a_save_under_a_new_name_makes_a_specialized_definition",
        "labs/test_status.py::test_what_somebody_else_saved_is_shown_with_the_entries_that_name_it",
    ],
    "a saved image is replicated in the geography, so that labs in its other regions can use it": [
        "acg_sandbox/arm/labs/test_accounts.py::"
        "test_a_new_name_makes_a_specialized_definition_that_is_replicated_in_the_geography",
        "labs/test_status.py::test_an_account_shows_what_a_teacher_exported_and_where_it_is",
        "labs/test_status.py::test_an_account_lacks_regions_of_its_geography_that_nobody_copied_to",
        "rules/test_labs.py::test_an_account_wants_a_replica_in_each_region_of_its_geography",
    ],
    "saving and every replica cost, apart from the use of labs": [
        "labs/test_save.py::test_before_it_is_sent_a_screen_says_what_it_will_make",
        "plan/test_labs.py::test_a_change_is_said_in_the_words_of_those_who_make_labs",
    ],
    "needed are a gallery, and that it is attached": [
        "labs/test_save.py::test_a_refused_save_writes_nothing",
        "desired/test_labs.py::test_a_plan_comes_after_its_group_its_gallery_and_the_role_of_the_service",
    ],
    "an administrator or a teacher may save": [
        "labs/test_docs.py::test_the_roles_are_those_that_messages_name",
        "faults/test_saved.py::test_a_save_that_made_nothing_says_so_and_is_not_repeated",
    ],
    "the Template page exports under a name, shows progress, may take a while, and says that it succeeded": [
        "labs/test_bad_input.py::test_a_terminal_is_asked",
        "labs/test_save.py::test_a_save_under_an_existing_name_makes_the_next_version",
    ],
    "afterwards the image can be chosen for another lab; images may also come from outside": [
        "labs/test_last_semester.py::test_the_last_semester",
        "labs/test_status.py::test_labs_are_counted_by_the_image_that_they_were_made_from",
    ],
    "exported images are specialized: machine data and user profiles stay; generalized ones may be uploaded": [
        "labs/test_save.py::test_a_save_under_a_new_name_makes_a_specialized_definition",
        "labs/test_save.py::test_a_refused_save_writes_nothing",
        "labs/test_save.py::test_before_it_is_sent_a_screen_says_what_it_will_make",
    ],
    "labs take generalized and specialized images": [
        "labs/test_status.py::test_labs_list_both_states_of_an_operating_system",
        "acg_sandbox/arm/labs/test_labs.py::test_both_states_of_an_operating_system_are_offered",
    ],
    "to export again makes a new definition, and the original stays as it is": [
        "labs/test_save.py::test_a_save_under_a_new_name_makes_a_specialized_definition",
    ],
    "or an update makes a new version of the original definition": [
        "labs/test_save.py::test_a_save_under_an_existing_name_makes_the_next_version",
        "acg_sandbox/arm/labs/test_accounts.py::test_an_existing_name_makes_the_next_version_of_its_definition",
    ],
    "the newest version is used the next time a lab is made": [
        "acg_sandbox/arm/labs/test_labs.py::test_a_lab_takes_the_newest_version_and_keeps_it",
        "plan/test_labs.py::test_a_change_is_said_in_the_words_of_those_who_make_labs",
        "rules/test_labs.py::test_labs_take_the_highest_number_as_integers",
    ],
    "galleries are attached and detached, one at a time": [
        "labs/test_apply.py::test_an_accounts_gallery_is_attached_and_another_one_detached_before",
        "desired/test_labs.py::test_a_plan_without_a_gallery_is_detached_and_alone",
        "acg_sandbox/arm/labs/test_labs.py::test_a_seeded_account_attaches_one_gallery_at_a_time",
    ],
}


@pytest.mark.parametrize("statement", STATEMENTS)
def test_each_statement_is_held_by_tests(statement: str) -> None:
    for name in STATEMENTS[statement]:
        file, _, function = name.partition("::")
        defined = [one.name for one in ast.parse((TESTS / file).read_text()).body if isinstance(one, ast.FunctionDef)]
        assert function in defined, f"{name} is gone"
