using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Iop.Contracts.Tests;

/// <summary>Breaks the compiled contracts in one place at a time and sees that the rule for it notices, and names the place.</summary>
public sealed class BrokenContractTests
{
    private const string Services = "iop/organisations/v1/organisations.proto";
    private const string Resources = "iop/organisations/v1/organisation.proto";
    private const string Documents = "iop/organisations/v1/documents.proto";

    [Fact]
    public void A_service_with_another_ending_is_noticed() =>
        Notices(ContractRules.ServiceNames, Services, file => file.Service[0].Name = "Organisations", "iop.organisations.v1.Organisations");

    [Fact]
    public void A_namespace_apart_from_its_package_is_noticed() =>
        Notices(ContractRules.Packages, Documents, file => file.Options.CsharpNamespace = "Iop.Documents.V1", Documents);

    [Fact]
    public void A_resource_whose_name_is_not_first_is_noticed() =>
        Notices(ContractRules.ResourceNames, Resources, file => Field(file, "Organisation", "name").Number = 99, ".Organisation ");

    [Fact]
    public void A_resource_without_Get_is_noticed() =>
        Notices(ContractRules.GetAndList, Services, file => Remove(file.Service[0].Method, method => method.Name == "GetSigningAuthority"), "SigningAuthority has no Get");

    [Fact]
    public void A_resource_without_List_is_noticed() =>
        Notices(ContractRules.GetAndList, Services, file => Remove(file.Service[0].Method, method => method.Name == "ListOrganisations"), "Organisation has no List");

    [Theory]
    [InlineData("ListOrganisationsRequest", "page_size")]
    [InlineData("ListOrganisationsRequest", "page_token")]
    [InlineData("ListOrganisationsRequest", "parent")]
    [InlineData("ListOrganisationsResponse", "next_page_token")]
    public void A_list_without_its_paging_is_noticed(string message, string field) =>
        Notices(ContractRules.Lists, Services, file => RemoveField(file, message, field), field);

    [Fact]
    public void A_list_that_does_not_begin_with_its_items_is_noticed() =>
        Notices(ContractRules.Lists, Services, file => Field(file, "ListOrganisationsResponse", "organisations").Number = 99, "field 1");

    [Fact]
    public void A_change_without_request_id_is_noticed() =>
        Notices(ContractRules.RequestIds, Services, file => RemoveField(file, "EndSigningAuthorityRequest", "request_id"), "EndSigningAuthority ");

    [Fact]
    public void An_upload_without_request_id_is_noticed() =>
        Notices(ContractRules.RequestIds, Documents, file => RemoveField(file, "UploadDocumentHeader", "request_id"), "UploadDocument ");

    [Fact]
    public void A_reading_call_with_request_id_is_noticed() =>
        Notices(ContractRules.RequestIds, Services, file => Field(file, "GetOrganisationRequest", "name").Name = "request_id", "GetOrganisation ");

    [Fact]
    public void An_update_without_mask_is_noticed() =>
        Notices(ContractRules.UpdateMasks, Services, file => RemoveField(file, "UpdateOrganisationRequest", "update_mask"), "update_mask");

    [Theory]
    [InlineData(Resources, "Organisation", "iop.organisations.v1.Organisation is changed")]
    [InlineData(Resources, "SigningAuthority", "iop.organisations.v1.SigningAuthority is changed")]
    [InlineData(Services, "RecordStatutesCheckRequest", "RecordStatutesCheck changes")]
    public void A_missing_etag_is_noticed(string path, string message, string fault) =>
        Notices(ContractRules.Etags, path, file => RemoveField(file, message, "etag"), fault);

    [Fact]
    public void A_bare_reference_is_noticed() =>
        Notices(ContractRules.References, Services, file => Field(file, "GetOrganisationRequest", "name").Name = "organisation_id", "GetOrganisationRequest.organisation_id");

    [Fact]
    public void An_enum_without_unspecified_is_noticed() =>
        Notices(ContractRules.EnumZeroes, Resources, file => file.EnumType.Single(type => type.Name == "LegalForm").Value[0].Name = "LEGAL_FORM_NONE", "LegalForm");

    [Theory]
    [InlineData("// Reads one organisation.", "GetOrganisation does not end")]
    [InlineData("// Errors: INVALID_FIELDS, TENANT_NOT_ALLOWED.", "GetOrganisation does not name SCOPE_MISSING")]
    [InlineData("// Errors: INVALID_FIELDS, TENANT_NOT_ALLOWED, SCOPE_MISSING, ETAG_MISMATCH.", "GetOrganisation cannot answer with ETAG_MISMATCH")]
    [InlineData("// Errors: INVALID_FIELDS, INVALID_FIELDS, TENANT_NOT_ALLOWED, SCOPE_MISSING.", "GetOrganisation names INVALID_FIELDS twice")]
    public void A_call_that_does_not_tell_its_errors_is_noticed(string comment, string fault)
    {
        var contract = Contract.Load();
        contract.Comments.Read($"package iop.organisations.v1;\nservice OrganisationsService {{\n{comment}\nrpc GetOrganisation(X) returns (Y);\n}}");
        Assert.Contains(CommentRules.ErrorReasons(contract), found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Organisation", "State state = 19;", "Organisation.state")]
    [InlineData("GetOrganisationRequest", "string name = 1;", "GetOrganisationRequest.name")]
    public void A_field_that_does_not_say_who_fills_it_is_noticed(string message, string field, string fault)
    {
        var contract = Contract.Load();
        contract.Comments.Read($"package iop.organisations.v1;\nmessage {message} {{\n// A value.\n{field}\n}}");
        Assert.Contains(CommentRules.FieldBehaviour(contract), found => found.Contains(fault, StringComparison.Ordinal));
    }

    private static void Notices(
        Func<Contract, IEnumerable<string>> rule, string path, Action<FileDescriptorProto> damage, string fault)
    {
        var sound = Contract.Load();
        var built = new Dictionary<string, ByteString>(StringComparer.Ordinal);
        foreach (var file in sound.Files)
            Add(file);
        var files = FileDescriptor.BuildFromByteStrings(built.Values);
        var broken = new Contract([.. files.Where(file => file.Package.StartsWith("iop.", StringComparison.Ordinal))], sound.Comments);
        Assert.Contains(rule(broken), found => found.Contains(fault, StringComparison.Ordinal));

        // A file is built after those it imports.
        void Add(FileDescriptor file)
        {
            foreach (var import in file.Dependencies)
                Add(import);
            var proto = file.ToProto();
            if (file.Name == path)
                damage(proto);
            built.TryAdd(file.Name, proto.ToByteString());
        }
    }

    private static FieldDescriptorProto Field(FileDescriptorProto file, string message, string field) =>
        file.MessageType.Single(type => type.Name == message).Field.Single(candidate => candidate.Name == field);

    private static void RemoveField(FileDescriptorProto file, string message, string field) =>
        Remove(file.MessageType.Single(type => type.Name == message).Field, candidate => candidate.Name == field);

    private static void Remove<T>(ICollection<T> items, Func<T, bool> condition) => items.Remove(items.Single(condition));
}
