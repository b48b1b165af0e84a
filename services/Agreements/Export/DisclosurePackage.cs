using System.Text;
using Iop.Agreements.Api;
using Iop.Agreements.Domain.Documents;

namespace Iop.Agreements.Export;

/// <summary>What a decision gives to the one who asked: the text as it was masked, the documents, and the decision with its grounds.</summary>
internal sealed class DisclosurePackage(Disclosure disclosure, IReadOnlyList<HeldDocument> documents, Func<Guid, Task<byte[]>> contentOf)
{
    public async Task WriteAsync(ArchivePackage package, CancellationToken cancellation)
    {
        var decision = disclosure.ToProto(documents.ToDictionary(document => document.File.Id, document => document.Name));

        // Who recorded it is for those who keep the log.
        decision.RecordedBy = "";
        await package.AddAsync($"{ArchivePackage.Data}decision.json", "application/json", ContractJson.Of(decision), disclosure.CreateTime);
        await package.AddAsync($"{ArchivePackage.Data}text.txt", "text/plain", Encoding.UTF8.GetBytes(disclosure.DisclosedText), disclosure.CreateTime);
        foreach (var document in documents.Select(held => held.File))
        {
            await package.AddAsync(
                $"{ArchivePackage.Data}documents/{document.Id}{FileTypes.EndingOf(document.MediaType)}",
                document.MediaType,
                await contentOf(document.Id),
                document.CreateTime);
        }
    }
}
