"""The wizard."""

from tests.web.applicant import Applicant, problems


def test_walk(public, db):
    applicant = Applicant(public).begin().until("check")
    page = public.get("/apply/check/")
    print(page.status_code, page.headers.get("Location"))
    assert page.status_code == 200
    done = public.post("/apply/check/")
    assert done.status_code == 302, problems(done)
    page = public.get("/apply/print/")
    assert page.status_code == 200
    pdf = public.get("/apply/papers.pdf")
    assert pdf.content.startswith(b"%PDF")
    print(applicant)
