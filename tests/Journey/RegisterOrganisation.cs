using Google.Protobuf;
using Grpc.Core;
using Iop.Organisations.V1;

namespace Iop.Journey;

/// <summary>The organisation becomes known: it is registered, hands in its papers and says who signs for it.</summary>
public sealed class RegisterOrganisation(Stage stage)
{
    private const int ChunkBytes = 512;

    /// <summary>What proves who signs for an association: which role signs, who is elected, who holds the role.</summary>
    private static readonly DocumentKind[] Evidence = [DocumentKind.Statutes, DocumentKind.AnnualMeetingMinutes, DocumentKind.BoardMinutes];

    /// <summary>What is done once is found again on kept data.</summary>
    public async Task<Organisation> RunAsync(CancellationToken cancellation)
    {
        var organisation = await FindAsync(cancellation) ?? await RegisterAsync(cancellation);
        await HandInDocumentsAsync(organisation, cancellation);
        await NameSignatoriesAsync(organisation, cancellation);
        await CheckConditionsAsync(organisation, cancellation);
        return organisation;
    }

    /// <summary>Where the guideline asks for a check and not for the organisation's word, the body that decides makes it.</summary>
    private async Task CheckConditionsAsync(Organisation organisation, CancellationToken cancellation)
    {
        var vetting = stage.People.DecisionMaker.Vetting;
        var made = await vetting.ListConditionChecksAsync(new ListConditionChecksRequest { Parent = organisation.Name }, cancellationToken: cancellation);
        foreach (var set in stage.Pack.ConditionSets.Where(set => set.Accepts == ConditionStatus.Verified && !made.ConditionChecks.Any(check => check.SetKey == set.Key)))
        {
            var request = new RecordConditionCheckRequest { Parent = organisation.Name, GuidelinePack = stage.Pack.Name, SetKey = set.Key, RequestId = Stage.NewRequestId() };
            request.Conditions.AddRange(set.Conditions.Select(condition => new ConditionRecord { ConditionKey = condition.Key, Status = ConditionStatus.Verified }));
            await vetting.RecordConditionCheckAsync(request, cancellationToken: cancellation);
            stage.Tell("conditions checked", $"{set.Key} {request.Conditions.Count}");
        }
    }

    private async Task<Organisation?> FindAsync(CancellationToken cancellation)
    {
        try
        {
            var found = await stage.People.Officer.Organisations.LookupOrganisationAsync(
                new LookupOrganisationRequest { Parent = stage.Parent, OrganisationNumber = stage.Story.Organisation.OrganisationNumber }, cancellationToken: cancellation);
            stage.Tell("organisation known", found.Name);
            return found;
        }
        catch (RpcException refused) when (RichError.Of(refused).Reason == "ORGANISATION_NOT_FOUND")
        {
            return null;
        }
    }

    private async Task<Organisation> RegisterAsync(CancellationToken cancellation)
    {
        var registered = await stage.People.Officer.Organisations.CreateOrganisationAsync(
            new CreateOrganisationRequest { Parent = stage.Parent, Organisation = stage.Story.Organisation, RequestId = Stage.NewRequestId() },
            cancellationToken: cancellation);
        stage.Tell("organisation registered", registered.Name);
        return registered;
    }

    /// <summary>What proves who signs always, and what else the guideline asks of organisations.</summary>
    private async Task HandInDocumentsAsync(Organisation organisation, CancellationToken cancellation)
    {
        var documents = stage.Representative(organisation.Name).Documents;
        var had = await documents.ListDocumentsAsync(new ListDocumentsRequest { Parent = organisation.Name, PageSize = 200 }, cancellationToken: cancellation);
        var wanted = stage.Pack.Documents.Select(document => document.Kind).Union(Evidence);
        foreach (var kind in wanted.Except(had.Documents.Select(document => document.Kind)))
        {
            var title = stage.Pack.Documents.FirstOrDefault(document => document.Kind == kind)?.Text.Sv ?? TitleOf(kind);
            var received = await UploadAsync(documents, organisation.Name, kind, title, SmallPdf.Of(organisation.DisplayName, title), cancellation);
            stage.Tell("document uploaded", $"{kind} {received.SizeBytes} bytes");
        }
    }

    private static string TitleOf(DocumentKind kind) => kind switch
    {
        DocumentKind.AnnualMeetingMinutes => "Årsmötesprotokoll",
        DocumentKind.BoardMinutes => "Protokoll från konstituerande styrelsemöte",
        _ => "Stadgar",
    };

    /// <summary>The case officer reads the evidence; each document of it is the latest of its kind.</summary>
    private async Task<IReadOnlyList<string>> AcceptedEvidenceAsync(Organisation organisation, CancellationToken cancellation)
    {
        var officer = stage.People.Officer.Documents;
        var all = await officer.ListDocumentsAsync(new ListDocumentsRequest { Parent = organisation.Name, PageSize = 200 }, cancellationToken: cancellation);
        var evidence = Evidence.Select(kind => all.Documents.First(document => document.Kind == kind)).ToList();
        foreach (var document in evidence.Where(document => document.State == Document.Types.State.Received))
        {
            await officer.AcceptDocumentAsync(
                new AcceptDocumentRequest { Name = document.Name, Etag = document.Etag, RequestId = Stage.NewRequestId() }, cancellationToken: cancellation);
        }

        stage.Tell("evidence accepted", $"{evidence.Count} documents");
        return [.. evidence.Select(document => document.Name)];
    }

    /// <summary>Sends a document as a stream: what it is, then its bytes.</summary>
    public static async Task<Document> UploadAsync(
        DocumentsService.DocumentsServiceClient documents, string organisation, DocumentKind kind, string title, byte[] bytes, CancellationToken cancellation)
    {
        using var upload = documents.UploadDocument(cancellationToken: cancellation);
        var header = new UploadDocumentHeader { Parent = organisation, Kind = kind, Title = title, FileName = $"{kind}.pdf", RequestId = Stage.NewRequestId() };
        await upload.RequestStream.WriteAsync(new UploadDocumentRequest { Header = header }, cancellation);
        foreach (var chunk in bytes.Chunk(ChunkBytes))
        {
            await upload.RequestStream.WriteAsync(new UploadDocumentRequest { Chunk = ByteString.CopyFrom(chunk) }, cancellation);
        }

        await upload.RequestStream.CompleteAsync();
        return await upload;
    }

    private async Task NameSignatoriesAsync(Organisation organisation, CancellationToken cancellation)
    {
        var representative = stage.Representative(organisation.Name).Organisations;
        var known = await representative.ListSigningAuthoritiesAsync(
            new ListSigningAuthoritiesRequest { Parent = organisation.Name, PageSize = 200 }, cancellationToken: cancellation);
        if (known.SigningAuthorities.Any(authority => authority.State == SigningAuthority.Types.State.Current))
        {
            return;
        }

        var authority = stage.Story.SigningAuthority.Clone();
        foreach (var signatory in authority.Signatories)
        {
            signatory.PersonRef = stage.Subject(signatory.PersonRef);
        }

        authority.ValidFrom = Calendar.Today.ToProto();
        authority.ValidUntil = Calendar.Today.AddYears(1).ToProto();
        authority.EvidenceDocuments.Add(await AcceptedEvidenceAsync(organisation, cancellation));
        var named = await representative.CreateSigningAuthorityAsync(
            new CreateSigningAuthorityRequest { Parent = organisation.Name, SigningAuthority = authority, RequestId = Stage.NewRequestId() },
            cancellationToken: cancellation);
        stage.Tell("signatories named", $"{named.Rule} {named.RequiredSignatureCount} of {named.Signatories.Count}");
    }
}
