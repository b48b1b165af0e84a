using System.Text.Json.Nodes;
using Google.Protobuf;
using Iop.Agreements.Export;
using Iop.Testing;

namespace Iop.Agreements.Tests;

/// <summary>What is handed out as JSON is what any reader of protobuf's mapping expects.</summary>
public sealed class ContractJsonTests
{
    [Fact]
    public void Every_message_is_written_as_protobuf_writes_it()
    {
        var filled = new FilledMessages(3);
        var messages = FilledMessages.TypesIn(typeof(V1.Agreement).Assembly).Where(type => !type.Fields.InFieldNumberOrder().Any(IsMask)).ToList();

        Assert.NotEmpty(messages);
        Assert.All(messages.SelectMany(type => Enumerable.Range(0, 5).Select(_ => filled.One(type))), message =>
        {
            var (expected, written) = (JsonNode.Parse(JsonFormatter.Default.Format(message)), JsonNode.Parse(ContractJson.Of(message)));
            Assert.True(JsonNode.DeepEquals(expected, written), $"{expected}\nbut\n{written}");
        });
    }

    // A mask is one text in JSON, and only requests hold one; they are never handed out.
    private static bool IsMask(Google.Protobuf.Reflection.FieldDescriptor field) =>
        field.FieldType == Google.Protobuf.Reflection.FieldType.Message && field.MessageType.FullName == "google.protobuf.FieldMask";
}
