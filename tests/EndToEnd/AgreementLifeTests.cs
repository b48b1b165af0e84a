using System.Diagnostics;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.DevIssuer;
using Iop.Eligibility.V1;
using Iop.FollowUp.V1;
using Iop.Journey;
using Iop.Testing;
using Iop.Types.V1;
using AgreementState = Iop.Agreements.V1.Agreement.Types.State;

namespace Iop.EndToEnd;

/// <summary>What becomes of an agreement, and what several services must be of one mind about.</summary>
[Collection(SharedSuite.Name)]
public sealed class AgreementLifeTests(Suite suite)
{
    [Fact]
    public async Task An_extension_waits_for_talks_the_evaluation_and_a_lawyer_and_moves_the_plan()
    {
        var stage = await suite.StageAsync("1285", Told.Of("1285"));
        var (@case, agreement) = await stage.ActiveAsync();
        var followUp = new FollowUpPartnership(stage);
        var plan = await followUp.PlanOfAsync(agreement, Suite.Deadline());

        await Refused.ByAsync(StatusCode.FailedPrecondition, "TALKS_MISSING", () => ExtendAsync(stage, agreement));
        await stage.Representative(@case.Organisation).Agreements.RecordRenewalTalksAsync(new RecordRenewalTalksRequest
        {
            Name = agreement.Name,
            PartyId = "organisationen",
            HeldDate = Calendar.Today.ToProto(),
            Note = "Båda vill fortsätta.",
            Etag = agreement.Etag,
            RequestId = Stage.NewRequestId(),
        });
        await Refused.ByAsync(StatusCode.FailedPrecondition, "EVALUATION_MISSING", () => ExtendAsync(stage, agreement));

        // What they have recorded there the follow-up waits for no more.
        await Eventually.IsAsync(
            1, async () => (await stage.People.Officer.FollowUp.ListCheckInsAsync(new ListCheckInsRequest { Parent = plan.Name, PageSize = 200 })).CheckIns.Count(c => c is { HeldByAgreement: true, TalksNumber: 1 }));
        await followUp.EvaluateAsync(plan, Suite.Deadline());
        await Eventually.IsAsync(1, async () => (await stage.ReadAsync(agreement)).Evaluations.Count);
        var draft = await stage.AgreeAsync(await ExtendAsync(stage, agreement));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "LEGAL_CHECK_MISSING", () => new SignAgreement(stage).OpenAsync(draft, Suite.Deadline()));
        await stage.CheckAgainAsync(@case);
        await new SignAgreement(stage).RunAsync(await stage.ReadAsync(draft), Suite.Deadline());

        var extended = await stage.ReadAsync(agreement);
        Assert.Equal((AgreementState.Active, 2, 1), (extended.State, extended.Version, extended.ExtensionCount));
        Assert.True(extended.EndDate.ToDate() > agreement.EndDate.ToDate());
        await Eventually.IsAsync(
            (extended.EndDate, 2, 1),
            async () => Assert.Single(await followUp.PlansOfAsync(agreement, Suite.Deadline())) is var moved ? (moved.EndDate, moved.AgreementVersion, moved.ExtensionCount) : default);
    }

    [Fact]
    public async Task Both_parties_get_the_same_sealed_original()
    {
        var stage = await suite.StageAsync("1283", Told.Of("1283"));
        var (@case, agreement) = await stage.ActiveAsync();

        var (header, ours) = await stage.People.Officer.OriginalAsync(agreement);
        var (_, theirs) = await stage.Representative(@case.Organisation).OriginalAsync(agreement);

        Assert.Equal(ours, theirs);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(ours)), agreement.TextHash, 1), (header.Sha256, header.TextHash, header.Version));
        var said = await PdfsigAsync(ours);
        Assert.Contains("Signature is Valid", said, StringComparison.Ordinal);
        Assert.Contains("Total document signed", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agreement_signed_on_paper_is_followed_up_like_any_other()
    {
        var stage = await suite.StageAsync("1285", Told.Of("1285"));
        var agreed = await new NegotiateAgreement(stage).RunAsync(await stage.DecidedAsync(), Suite.Deadline());
        var agreement = await new SignAgreement(stage).OpenAsync(agreed, Suite.Deadline());
        var scan = await ScanAsync(stage, agreement);
        var record = new RecordPaperSignatureRequest
        {
            Name = agreement.Name,
            PartyId = "arbete",
            TextHash = agreement.TextHash,
            Sha256 = scan.Sha256,
            Document = scan.Name,
            Etag = agreement.Etag,
            RequestId = Stage.NewRequestId(),
        };
        record.Signatures.AddRange(agreement.RequiredSignatures.SelectMany(required => required.Signatories)
            .Select(person => new EvidencedSignature { PartyId = person.PartyId, PersonRef = person.PersonRef, SignDate = Calendar.Today.ToProto() }));
        var recorded = await stage.People.Officer.Agreements.RecordPaperSignatureAsync(record);
        Assert.Equal(AgreementState.AwaitingSignatures, recorded.State);

        // Paper is worth what two people say of it.
        var active = await AnotherOfficer(stage).Agreements.AttestSigningEvidenceAsync(new AttestSigningEvidenceRequest
        {
            Name = agreement.Name,
            PartyId = "arbete",
            Number = 1,
            Etag = recorded.Etag,
            RequestId = Stage.NewRequestId(),
        });

        Assert.Equal(AgreementState.Active, active.State);
        var plan = await new FollowUpPartnership(stage).PlanOfAsync(active, Suite.Deadline());
        Assert.Equal(stage.Pack.FollowUpRule.ReminderDaysBefore, plan.ReminderDaysBefore);
        Assert.Equal(stage.Pack.FollowUpRule.EscalationDaysAfter, plan.EscalationDaysAfter);
    }

    [Fact]
    public async Task A_threshold_that_has_run_out_is_told_and_never_relied_on()
    {
        var story = Told.Of("0580");
        (story.LegalAssessment.Ground, story.LegalAssessment.EstimatedValue) = (LegalGround.BelowDirectAwardLimit, new Money { Units = 600_000 });
        story.LegalAssessment.SameKind = new SameKindReview { PurchaseKind = "sprakcafe", Complete = true };
        var stage = await suite.StageAsync("0580", story);
        await stage.People.GuidelineOwner.Guidelines.CreateThresholdAsync(new CreateThresholdRequest
        {
            Parent = stage.Parent,
            Threshold = new Threshold
            {
                Law = ProcurementLaw.Lou,
                Kind = ThresholdKind.DirectAward,
                ValidFrom = new DateOnly(Calendar.Today.Year - 1, 1, 1).ToProto(),
                ValidUntil = new DateOnly(Calendar.Today.Year - 1, 12, 31).ToProto(),
                Amount = new Money { Units = 700_000 },
                Source = "Kontrollerat av kommunens jurist",
            },
            RequestId = Stage.NewRequestId(),
        });
        var assessing = new AssessCase(stage);
        var answered = await assessing.AnswerAsync(await stage.PreparedAsync(), Suite.Deadline());
        var @case = await assessing.CompleteAsync(answered, Suite.Deadline());

        var refused = await Refused.ByAsync(
            StatusCode.FailedPrecondition, "THRESHOLD_MISSING", () => assessing.AssessLegallyAsync(@case, LegalAssessment.Types.Kind.Full, Suite.Deadline()));

        Assert.Equal(("LOU", "DIRECT_AWARD", $"{Calendar.Today:yyyy-MM-dd}"), (refused.Metadata["law"], refused.Metadata["kind"], refused.Metadata["date"]));
        await new KeepThresholds(stage).RunAsync(Suite.Deadline());
        var assessed = await assessing.AssessLegallyAsync(@case, LegalAssessment.Types.Kind.Full, Suite.Deadline());
        Assert.NotEmpty(Assert.Single(assessed.LegalAssessments).Threshold);
    }

    private static async Task<AgreementDocument> ScanAsync(Stage stage, Agreement agreement)
    {
        using var upload = stage.People.Officer.AgreementDocuments.UploadAgreementDocument();
        var header = new UploadAgreementDocumentHeader { Parent = agreement.Name, Title = "Undertecknad på papper", FileName = "skannad.pdf", RequestId = Stage.NewRequestId() };
        await upload.RequestStream.WriteAsync(new UploadAgreementDocumentRequest { Header = header });
        await upload.RequestStream.WriteAsync(new UploadAgreementDocumentRequest { Chunk = ByteString.CopyFrom("%PDF-1.7 skannad"u8) });
        await upload.RequestStream.CompleteAsync();
        return await upload;
    }

    private static async Task<Agreement> ExtendAsync(Stage stage, Agreement agreement) => await stage.People.Officer.Agreements.ExtendAgreementAsync(new ExtendAgreementRequest
    {
        Name = agreement.Name,
        PartyId = "arbete",
        Reason = "Arbetet har hittat sin form.",
        Etag = (await stage.ReadAsync(agreement)).Etag,
        RequestId = Stage.NewRequestId(),
    });

    private Services AnotherOfficer(Stage stage) => suite.Channels.With(suite.Issuer.Token(new TokenClaims
    {
        Municipality = stage.Municipality,
        Roles = ["case-officer"],
        Subject = People.Subject(stage.Municipality, "kollega"),
        Name = "En kollega",
    }));

    // What someone else's program says of the seal.
    private static async Task<string> PdfsigAsync(byte[] pdf)
    {
        var file = Path.Combine(Path.GetTempPath(), $"iop-{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pdfsig", ["-nocert", file]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync(Suite.Deadline());
            return said;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
