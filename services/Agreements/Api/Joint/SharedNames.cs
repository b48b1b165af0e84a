using System.Text.RegularExpressions;
using Google.Protobuf;
using Iop.Agreements.Domain;
using Iop.Contracts;
using Iop.Platform.Errors;
using Iop.Platform.Tenancy;
using Iop.Sight;

namespace Iop.Agreements.Api;

/// <summary>
/// The names of one shared agreement in two tenants. What a municipality sends in its own names goes to the lead in the
/// lead's; what comes back is told in its own, and a name of anything else in another tenant is left out. Guideline packs
/// are public documents, and keep their names.
/// </summary>
internal sealed partial class SharedNames
{
    private readonly AgreementShare _share;
    private readonly Dictionary<string, string> _toLead = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _toOwn = new(StringComparer.Ordinal);

    /// <param name="share">The share.</param>
    /// <param name="parties">The agreement's parties, as the lead's register names them.</param>
    public SharedNames(AgreementShare share, IEnumerable<Party> parties)
    {
        _share = share;
        foreach (var party in parties.Where(party => party.Organisation.Length > 0))
        {
            if (share.Organisations.FirstOrDefault(known => known.Number == party.OrganisationNumber) is { } own)
            {
                _toLead[own.Name] = party.Organisation;
                _toOwn[party.Organisation] = own.Name;
            }
        }
    }

    public T ToLead<T>(T message)
        where T : IMessage
    {
        var copy = (T)Activator.CreateInstance(message.GetType())!;
        copy.MergeFrom(message.ToByteArray());
        Walk(copy, ToLead, home: false);
        return copy;
    }

    public T ToOwn<T>(T message)
        where T : IMessage
    {
        Walk(message, ToOwn, home: true);
        return message;
    }

    /// <summary>A refusal as it is told at home.</summary>
    public Refusal ToOwn(Refusal refusal)
    {
        var metadata = refusal.Metadata.Where(pair => pair.Key != "name").Select(pair => (pair.Key, ToOwn(pair.Value)));
        var resource = ToOwn(refusal.Resource ?? "");
        return refusal.Kind switch
        {
            RefusalKind.FailedPrecondition => Refusal.Precondition(refusal.Reason, resource, [.. metadata]),
            RefusalKind.NotFound => Refusal.NotFound(refusal.Reason, resource),
            RefusalKind.AlreadyExists => Refusal.AlreadyExists(refusal.Reason, resource),
            RefusalKind.Aborted => Refusal.StaleEtag(resource),
            RefusalKind.InvalidArgument when refusal.Reason == "INVALID_FIELDS" => Refusal.Input([.. refusal.Fields.Select(fault =>
                new FieldFault(fault.Field, fault.Reason, [.. fault.Values.Select(value => (value.Key, ToOwn(value.Value)))]))]),
            _ => refusal,
        };
    }

    private string ToLead(string text) =>
        _toLead.TryGetValue(text, out var organisation) ? organisation : Moved(text, _share.Municipality, _share.Lead) ?? text;

    private string ToOwn(string text)
    {
        if (!IsName().IsMatch(text) || ResourceName.MunicipalityIn(text) == _share.Municipality)
        {
            return text;
        }

        return Moved(text, _share.Lead, _share.Municipality)
            ?? _toOwn.GetValueOrDefault(text)
            ?? (text.Split('/')[2] == "guidelinePacks" ? text : "");
    }

    private static string? Moved(string text, string from, string to)
    {
        var prefix = $"{ResourceName.OfMunicipality(from)}/{Agreement.Collection}/";
        return text.StartsWith(prefix, StringComparison.Ordinal) ? $"{ResourceName.OfMunicipality(to)}/{Agreement.Collection}/{text[prefix.Length..]}" : null;
    }

    private void Walk(IMessage message, Func<string, string> change, bool home)
    {
        foreach (var field in MessageField.Of(message.GetType()).Where(field => field.HoldsMessages || field.ValueType == typeof(string)))
        {
            var value = field.In(message);
            switch (value)
            {
                case string { Length: > 0 } text when change(text) is var changed && changed != text:
                    field.Set(message, changed);
                    break;
                case IList<string> texts:
                    for (var i = 0; i < texts.Count; i++)
                    {
                        texts[i] = change(texts[i]);
                    }

                    break;
                case System.Collections.IList messages:
                    foreach (var child in messages.OfType<IMessage>())
                    {
                        Walk(child, change, home);
                    }

                    break;
                case IMessage child:
                    Walk(child, change, home);
                    break;
            }
        }

        // Each sees its own case, the pack that it decided under and the committees that answer for it.
        if (home && message is V1.Agreement agreement)
        {
            (agreement.Case, agreement.GuidelinePack, agreement.Committees) = (_share.CaseName, _share.PackName, _share.Belonging().ToProto());
        }
    }

    [GeneratedRegex("^municipalities/[0-9]{4}/[A-Za-z]+/\\S+\\z", RegexOptions.NonBacktracking)]
    private static partial Regex IsName();
}
