using System.Text;
using Grpc.Core;

namespace Iop.StandIns.Tests;

public sealed class MetadataTests
{
    [Fact]
    public void Keys_are_kept_in_lower_case()
        => Assert.Equal("x-request-id", new Metadata.Entry("X-Request-Id", "1").Key);

    [Theory]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("å")]
    [InlineData("")]
    public void Keys_with_other_characters_are_refused(string key)
        => Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));

    [Theory]
    [InlineData("abc")]
    [InlineData("0-9_a.z")]
    public void Keys_may_have_letters_digits_and_three_signs(string key)
        => Assert.Equal(key, new Metadata.Entry(key, "value").Key);

    [Fact]
    public void Text_under_a_key_for_bytes_is_refused()
        => Assert.Throws<ArgumentException>(() => new Metadata.Entry("a-bin", "value"));

    [Fact]
    public void Bytes_under_a_key_for_text_are_refused()
        => Assert.Throws<ArgumentException>(() => new Metadata.Entry("a", [1]));

    [Fact]
    public void A_key_for_bytes_is_known_in_any_case()
        => Assert.True(new Metadata.Entry("A-BIN", [1]).IsBinary);

    [Fact]
    public void Nothing_may_be_null()
    {
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry(null!, "value"));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("a", (string)null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("a-bin", (byte[])null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata().Add(null!));
    }

    [Fact]
    public void Bytes_are_copied_in_and_out()
    {
        byte[] given = [1, 2];
        var entry = new Metadata.Entry("a-bin", given);
        given[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.Equal([1, 2], entry.ValueBytes);
    }

    [Fact]
    public void Text_has_bytes_and_bytes_have_no_text()
    {
        Assert.Equal(Encoding.ASCII.GetBytes("abc"), new Metadata.Entry("a", "abc").ValueBytes);
        Assert.Throws<InvalidOperationException>(() => new Metadata.Entry("a-bin", [1]).Value);
    }

    [Fact]
    public void The_last_of_several_is_the_one_found()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "a", "3" }, { "c-bin", [4] } };

        Assert.Equal("3", metadata.GetValue("a"));
        Assert.Equal(["1", "3"], metadata.GetAll("a").Select(entry => entry.Value));
        Assert.Equal([4], metadata.GetValueBytes("c-bin"));
    }

    [Fact]
    public void What_is_not_there_is_null()
    {
        Assert.Null(new Metadata().Get("a"));
        Assert.Null(new Metadata().GetValue("a"));
        Assert.Null(new Metadata().GetValueBytes("a-bin"));
        Assert.Empty(new Metadata().GetAll("a"));
    }

    [Fact]
    public void It_is_a_list()
    {
        var (one, two, three) = (new Metadata.Entry("a", "1"), new Metadata.Entry("b", "2"), new Metadata.Entry("c", "3"));
        var metadata = new Metadata { one, three };
        metadata.Insert(1, two);
        Assert.Equal([one, two, three], metadata);

        metadata[0] = three;
        metadata.RemoveAt(2);
        Assert.True(metadata.Remove(two));
        Assert.Equal([three], metadata);

        metadata.Clear();
        Assert.Empty(metadata);
    }

    [Fact]
    public void The_empty_one_refuses_change()
    {
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "1"));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
        Assert.Empty(Metadata.Empty);
    }
}
