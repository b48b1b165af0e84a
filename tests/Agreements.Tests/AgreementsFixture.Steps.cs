using Iop.Agreements.V1;

namespace Iop.Agreements.Tests;

/// <summary>The steps that an agreement takes, each from the one before.</summary>
public sealed partial class AgreementsFixture
{
    /// <summary>Guides: what it recommends is departed from for stated reasons, and one section is approved by itself.</summary>
    public const string GuidingPack = $"{Here}/guidelinePacks/2024-9";

    /// <summary>Asks less of who signs a change within the term, more of who lengthens it, and something of who ends it.</summary>
    public const string LevelsPack = $"{Here}/guidelinePacks/2024-21";

    private static Eligibility.V1.GuidelinePack Levelled()
    {
        var pack = SamplePack();
        pack.Name = LevelsPack;
        pack.SigningRule.DocumentLevels.Add(new Eligibility.V1.DocumentLevel { Document = Eligibility.V1.SignedDocument.Amendment, MinimumAssuranceLevel = "low" });
        pack.SigningRule.DocumentLevels.Add(new Eligibility.V1.DocumentLevel { Document = Eligibility.V1.SignedDocument.Extension, MinimumAssuranceLevel = "high" });
        pack.SigningRule.DocumentLevels.Add(new Eligibility.V1.DocumentLevel { Document = Eligibility.V1.SignedDocument.Ending, MinimumAssuranceLevel = "substantial" });
        return pack;
    }

    /// <summary>Asks for an advanced signature, and of a change within the term for a simple one.</summary>
    public const string StrongPack = $"{Here}/guidelinePacks/2024-22";

    private static Eligibility.V1.GuidelinePack Strong()
    {
        var pack = SamplePack();
        (pack.Name, pack.SigningRule.MinimumSignatureClass) = (StrongPack, Types.V1.SignatureClass.Advanced);
        pack.SigningRule.DocumentLevels.Add(new Eligibility.V1.DocumentLevel
        {
            Document = Eligibility.V1.SignedDocument.Amendment,
            MinimumAssuranceLevel = "low",
            MinimumSignatureClass = Types.V1.SignatureClass.Simple,
        });
        return pack;
    }

    private static Eligibility.V1.GuidelinePack Guiding()
    {
        var pack = SamplePack();
        (pack.Name, pack.DeparturesMotivated, pack.DepartureRule) = (GuidingPack, true, "x-guiding");
        pack.AgreementRules.Add(new Eligibility.V1.AgreementRule
        {
            Key = "unambiguous",
            RuleId = "x-unambiguous",
            Severity = Eligibility.V1.Severity.Recommended,
            Sections = { "activity" },
            EachPartyApproves = true,
            Text = new Types.V1.LocalizedText { Sv = "Texten kan inte missförstås.", En = "The text cannot be misunderstood." },
        });
        return pack;
    }

    public async Task<(Agreement Agreement, string Organisation)> DraftedAsync(Action<Agreement>? change = null, string pack = Pack, Action<Eligibility.V1.Case>? changeCase = null)
    {
        var (name, organisation) = ApprovedCase(approved =>
        {
            approved.GuidelinePack = pack;
            changeCase?.Invoke(approved);
        });
        var asked = Complete(new Agreement { Case = name });
        change?.Invoke(asked);
        return (await Officer.CreateAgreementAsync(new CreateAgreementRequest { Parent = Here, Agreement = asked }), organisation);
    }

    public async Task<(Agreement Agreement, string Organisation)> NegotiatedAsync(Action<Agreement>? change = null, string pack = Pack, Action<Eligibility.V1.Case>? changeCase = null)
    {
        var (agreement, organisation) = await DraftedAsync(change, pack, changeCase);
        agreement = await WriteAsync(agreement, "activity", "En mötesplats tre kvällar i veckan.");
        return (await Officer.ShareAgreementAsync(new ShareAgreementRequest { Name = agreement.Name, Etag = agreement.Etag, OfficialDocumentAcknowledged = true }), organisation);
    }

    public async Task<(Agreement Agreement, string Organisation)> TextAgreedAsync(Action<Agreement>? change = null, string pack = Pack)
    {
        var (agreement, organisation) = await NegotiatedAsync(change, pack);
        agreement = await ApproveAsync(Officer, agreement, "arbete");
        return (await ApproveAsync(Representative(organisation), agreement, "forening"), organisation);
    }

    public async Task<(Agreement Agreement, string Organisation)> InSigningAsync(Action<Agreement>? change = null, string pack = Pack)
    {
        var (agreement, organisation) = await TextAgreedAsync(change, pack);
        return (await Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag }), organisation);
    }

    public async Task<(Agreement Agreement, string Organisation)> ActiveAsync(Action<Agreement>? change = null, string pack = Pack)
    {
        var (agreement, organisation) = await InSigningAsync(change, pack);
        agreement = await SignAsync(ChairPerson, agreement, "arbete");
        agreement = await SignAsync(Representative(organisation), agreement, "forening");
        return (await SignAsync(Representative(organisation, Bo), agreement, "forening"), organisation);
    }

    /// <summary>Lets a draft of a new version go the way of a first agreement, until all have signed.</summary>
    public async Task<Agreement> SignedAsync(Agreement draft, string organisation)
    {
        draft = await Officer.ShareAgreementAsync(new ShareAgreementRequest { Name = draft.Name, Etag = draft.Etag, OfficialDocumentAcknowledged = true });
        draft = await ApproveAsync(Officer, draft, "arbete");
        draft = await ApproveAsync(Representative(organisation), draft, "forening");
        draft = await Officer.StartSigningAsync(new StartSigningRequest { Name = draft.Name, Etag = draft.Etag });
        draft = await SignAsync(ChairPerson, draft, "arbete");
        draft = await SignAsync(Representative(organisation), draft, "forening");
        return await SignAsync(Representative(organisation, Bo), draft, "forening");
    }

    public Task<Agreement> ReadAsync(string name) => Officer.GetAgreementAsync(new GetAgreementRequest { Name = name, View = AgreementView.Full }).ResponseAsync;

    public Task<Agreement> CreateAsync(string caseName) =>
        Officer.CreateAgreementAsync(new CreateAgreementRequest { Parent = Here, Agreement = new Agreement { Case = caseName } }).ResponseAsync;

    public Task<Agreement> WriteAsync(Agreement agreement, string section, string text, AgreementsService.AgreementsServiceClient? by = null) =>
        (by ?? Officer).UpdateSectionAsync(new UpdateSectionRequest
        {
            Name = agreement.Name,
            Section = new Section { SectionId = section, Text = text, Etag = agreement.Sections.Single(s => s.SectionId == section).Etag },
        }).ResponseAsync;

    public static Task<Agreement> ApproveAsync(AgreementsService.AgreementsServiceClient by, Agreement agreement, string party) =>
        by.ApproveTextAsync(new ApproveTextRequest { Name = agreement.Name, PartyId = party, TextHash = agreement.TextHash, Etag = agreement.Etag }).ResponseAsync;

    public static Task<Agreement> SignAsync(AgreementsService.AgreementsServiceClient by, Agreement agreement, string party, bool validateOnly = false) =>
        by.SignAgreementAsync(new SignAgreementRequest
        {
            Name = agreement.Name,
            PartyId = party,
            TextHash = agreement.TextHash,
            Etag = agreement.Etag,
            ValidateOnly = validateOnly,
        }).ResponseAsync;
}
