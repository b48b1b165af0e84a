using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Journey;
using Iop.Organisations.V1;
using Iop.Testing;
using Iop.Types.V1;
using Case = Iop.Eligibility.V1.Case;
using Finding = Iop.Eligibility.V1.Finding;

namespace Iop.EndToEnd;

/// <summary>What the register knows of an organisation decides its case, from the one service to the other.</summary>
[Collection(SharedSuite.Name)]
public sealed class RegisterFactsTests(Suite suite)
{
    [Fact]
    public async Task De_minimis_aid_that_the_organisation_has_had_stands_in_the_way_until_it_leaves_room()
    {
        var stage = await suite.StageAsync("2080", WithAid(400_000));
        var (assessed, _) = await stage.AssessedAsync();
        var submitted = await new DecideOnCase(stage).SubmitAsync(assessed, Suite.Deadline());
        var funding = stage.Representative(submitted.Organisation).Funding;
        var had = await funding.CreateFundingDisclosureAsync(new CreateFundingDisclosureRequest
        {
            Parent = submitted.Organisation,
            FundingDisclosure = new FundingDisclosure
            {
                Giver = "Region Exempel",
                GiverKind = GiverKind.Region,
                Form = FundingForm.Grant,
                Amount = Kronor(2_900_000),
                PeriodStartDate = Calendar.Today.AddYears(-1).ToProto(),
                PeriodEndDate = Calendar.Today.ToProto(),
                Cost = "Lokalhyra",
                AidKind = AidKind.DeMinimis,
                GrantedDate = Calendar.Today.AddYears(-1).ToProto(),
            },
            RequestId = Stage.NewRequestId(),
        });

        var decision = new DecideCaseRequest { Name = submitted.Name, Etag = submitted.Etag, Decision = new DecideOnCase(stage).Decision() };
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_NOT_SHOWN", async () => await stage.People.DecisionMaker.Cases.DecideCaseAsync(decision));
        Assert.Equal("EXCEEDED", refused.Metadata["cause"]);

        await funding.WithdrawFundingDisclosureAsync(new WithdrawFundingDisclosureRequest { Name = had.Name, Reason = "Bidraget betalades tillbaka", Etag = had.Etag });
        Assert.Equal(Case.Types.State.Approved, (await stage.People.DecisionMaker.Cases.DecideCaseAsync(decision)).State);
    }

    [Fact]
    public async Task De_minimis_aid_that_an_agreement_gives_counts_against_the_next_case_of_the_organisation()
    {
        var stage = await suite.StageAsync("2080", WithAid(2_000_000));
        var (@case, agreement) = await stage.ActiveAsync();
        var funding = stage.Representative(@case.Organisation).Funding;

        var aid = await Eventually.SomethingAsync(async () => (await funding.ListGrantedAidsAsync(new ListGrantedAidsRequest { Parent = @case.Organisation })).GrantedAids.SingleOrDefault());
        var sum = await funding.SumDeMinimisAidAsync(new SumDeMinimisAidRequest { Name = @case.Organisation, ExtraAmount = Kronor(1_000_001) });

        Assert.Equal((agreement.Name, 2_000_000, GrantedAid.Types.State.Granted), (aid.Agreement, aid.CountedValue.Units, aid.State));
        Assert.Equal((SumDeMinimisAidResponse.Types.Result.Exceeded, aid.Name), (sum.Result, sum.Counted[0].GrantedAid));
        Assert.True(Assert.Single(sum.Ceilings).RemainingEurCents < 0);
    }

    [Fact]
    public async Task What_the_board_has_checked_in_the_register_is_found_in_the_case_and_in_a_comparison()
    {
        const string rule = "ga-check-inclusion";
        var stage = await suite.StageAsync("2180", Told.Of("2180"));
        var @case = await new AssessCase(stage).AnswerAsync(await stage.PreparedAsync(), Suite.Deadline());
        var made = await stage.People.DecisionMaker.Vetting.ListConditionChecksAsync(new ListConditionChecksRequest { Parent = @case.Organisation });
        var failed = await CheckAsync(new ConditionRecord
        {
            ConditionKey = "inclusion",
            Status = ConditionStatus.Failed,
            Reason = "Stadgarna stänger ute",
            HeardDate = Calendar.Today.AddDays(-1).ToProto(),
        }, Assert.Single(made.ConditionChecks).Etag);

        var evaluation = await new AssessCase(stage).EvaluateAsync(@case, Suite.Deadline());
        Assert.Equal((Finding.Types.Status.NotMet, Evaluation.Types.Outcome.NotEligible), (evaluation.Of(rule).Status, evaluation.Outcome));
        Assert.Equal([rule], evaluation.Counterfactual.Changes.Select(change => change.RuleId));
        var comparison = await stage.People.Officer.Cases.CompareGuidelinesAsync(new CompareGuidelinesRequest { Name = @case.Name });
        Assert.Contains(comparison.Criteria.SelectMany(row => row.Findings), found => found.Finding is { RuleId: rule, Status: Finding.Types.Status.NotMet });

        await CheckAsync(new ConditionRecord { ConditionKey = "inclusion", Status = ConditionStatus.Verified }, failed.Etag);
        Assert.Equal(Finding.Types.Status.Met, (await new AssessCase(stage).EvaluateAsync(@case, Suite.Deadline())).Of(rule).Status);

        async Task<ConditionCheck> CheckAsync(ConditionRecord record, string etag) =>
            await stage.People.DecisionMaker.Vetting.RecordConditionCheckAsync(new RecordConditionCheckRequest
            {
                Parent = @case.Organisation,
                GuidelinePack = stage.Pack.Name,
                SetKey = "board-checks",
                Conditions = { record },
                Etag = etag,
                RequestId = Stage.NewRequestId(),
            });
    }

    [Fact]
    public async Task A_document_that_the_register_has_asked_for_is_awaited_in_the_case_until_it_comes()
    {
        const string rule = "ga-documents-request-if-exist";
        var stage = await suite.StageAsync("2180", Told.Of("2180"));
        var unsent = stage.Pack.Documents.First(document => document.Kind == DocumentKind.AuditReport);
        stage.Pack.Documents.Remove(unsent);
        var assessing = new AssessCase(stage);
        var @case = await assessing.AnswerAsync(await stage.PreparedAsync(), Suite.Deadline());

        await stage.People.Officer.Requirements.RequestDocumentAsync(new RequestDocumentRequest
        {
            Parent = @case.Organisation,
            Kind = unsent.Kind,
            DueDate = Calendar.Today.AddDays(14).ToProto(),
            Message = "Skicka den gärna före mötet",
            RequestId = Stage.NewRequestId(),
        });
        Assert.Equal(Finding.Types.Status.Unanswered, (await assessing.EvaluateAsync(@case, Suite.Deadline())).Of(rule).Status);
        Assert.Equal((AskedDocument.Types.State.Awaited, "Skicka den gärna före mötet"), await AskedAsync());

        await RegisterOrganisation.UploadAsync(
            stage.Representative(@case.Organisation).Documents, @case.Organisation, unsent.Kind, unsent.Text.Sv, SmallPdf.Of(unsent.Text.Sv), Suite.Deadline());
        Assert.Equal(Finding.Types.Status.Met, (await assessing.EvaluateAsync(@case, Suite.Deadline())).Of(rule).Status);
        Assert.Equal((AskedDocument.Types.State.Received, "Skicka den gärna före mötet"), await AskedAsync());

        // As the organisation itself sees it.
        async Task<(AskedDocument.Types.State State, string Message)> AskedAsync()
        {
            var asked = await stage.Representative(@case.Organisation).Cases.GetAskedDocumentsAsync(new GetAskedDocumentsRequest { Name = @case.Name });
            var document = Assert.Single(asked.AskedDocuments);
            return (document.State, Assert.Single(document.Askings).Message);
        }
    }

    // law.md 2.5: voluntary and never required, and told of where a contract could be reserved.
    [Fact]
    public async Task A_registration_under_the_act_is_found_in_the_case_of_a_service_that_is_bought()
    {
        var story = Told.Of("1285").Answering("es-crit-1-not-an-order", AnswerValue.No);
        story.Organisation.ActRegistration = new ActRegistration { Status = ActRegistration.Types.Status.Registered, StatusDate = new Date { Year = 2024, Month = 3, Day = 1 } };
        story.Case.ProcurementFacts = new ProcurementFacts { AnnexTwoService = true, CpvCodes = { "85312000-9" }, PurchaseKind = "ledsagning-register", SameKindComplete = true };
        var stage = await suite.StageAsync("1285", story);
        await new KeepThresholds(stage).RunAsync(Suite.Deadline());

        var (@case, evaluation) = await stage.AssessedAsync();

        Assert.Equal(Instrument.ReservedProcurement, @case.RoutedInstrument);
        Assert.Contains(evaluation.Reasons, reason => reason.RuleId == "law-act-registration" && reason.Sentence.Sv.Contains("2024-03-01", StringComparison.Ordinal));
    }

    private static Story WithAid(long amount)
    {
        var story = Told.Of("2080");
        story.LegalAssessment.StateAidBasis = StateAidBasis.DeMinimis;
        story.LegalAssessment.DeMinimisAmount = Kronor(amount);
        story.Case.Declarations.AddRange(story.Case.Parties.Where(party => party.Side == PartySide.CivilSociety)
            .Select(party => new Declaration { PartyId = party.PartyId, Kind = DeclarationKind.DeMinimisDisclosed, DeclareDate = Calendar.Today.ToProto() }));
        return story;
    }

    private static Money Kronor(long units) => new() { CurrencyCode = "SEK", Units = units };
}
