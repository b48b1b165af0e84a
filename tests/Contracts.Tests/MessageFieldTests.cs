using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Iop.Testing;

namespace Iop.Contracts.Tests;

/// <summary>What is read from the classes of the contracts is what their descriptors say.</summary>
public sealed class MessageFieldTests
{
    private static readonly MessageDescriptor[] Messages = [.. FilledMessages.TypesIn(typeof(Types.V1.TypesReflection).Assembly)];

    [Fact]
    public void Every_field_of_every_contract_is_found_by_its_name_and_number()
    {
        Assert.NotEmpty(Messages);
        Assert.All(Messages, message => Assert.Equal(
            message.Fields.InFieldNumberOrder().Select(field => (field.Name, field.FieldNumber, field.JsonName, field.IsRepeated, field.FieldType == FieldType.Message)),
            MessageField.Of(message.ClrType).Select(field => (field.Name, field.Number, field.JsonName, field.IsRepeated, field.HoldsMessages))));
    }

    [Fact]
    public void Every_value_is_read_as_it_is_set_and_filled_where_the_contract_calls_it_so() => ForFilled((message, known, field) =>
    {
        Assert.Equal(known.Accessor.GetValue(message), field.In(message));
        Assert.Equal(IsFilled(known, message), field.IsFilledIn(message));
    });

    [Fact]
    public void A_field_laid_over_another_is_as_it_was_sent_also_where_nothing_was() => ForFilled((sent, known, field) =>
    {
        var current = new FilledMessages(7).One(sent.Descriptor);

        field.Copy(sent, current);

        Assert.Equal(known.Accessor.GetValue(sent), known.Accessor.GetValue(current));
        Assert.Equal(IsFilled(known, sent), IsFilled(known, current));
    });

    [Fact]
    public void Every_value_of_an_enumeration_has_the_name_of_its_contract() =>
        Assert.All(Messages.SelectMany(message => message.Fields.InFieldNumberOrder()).Where(field => field.FieldType == FieldType.Enum).Select(field => field.EnumType).Distinct(), type =>
            Assert.All(type.Values, value => Assert.Equal(value.Name, ((Enum)Enum.ToObject(type.ClrType, value.Number)).AsInContract())));

    private static void ForFilled(Action<IMessage, FieldDescriptor, MessageField> check)
    {
        var filled = new FilledMessages(1);
        foreach (var message in Messages.SelectMany(type => Enumerable.Range(0, 5).Select(_ => filled.One(type))))
        {
            foreach (var known in message.Descriptor.Fields.InFieldNumberOrder())
            {
                check(message, known, MessageField.Find(message.GetType(), known.Name)!);
            }
        }
    }

    private static bool IsFilled(FieldDescriptor field, IMessage message) =>
        field.HasPresence ? field.Accessor.HasValue(message)
        : field.Accessor.GetValue(message) is ICollection items ? items.Count > 0
        : !Equals(field.Accessor.GetValue(message), field.Accessor.GetValue(message.Descriptor.Parser.ParseFrom(ByteString.Empty)));
}
