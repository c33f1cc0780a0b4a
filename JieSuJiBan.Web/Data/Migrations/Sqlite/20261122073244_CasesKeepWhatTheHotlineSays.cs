using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CasesKeepWhatTheHotlineSays : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "RaisedAt",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "SourceFacts",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.Sql("""UPDATE "Cases" SET "RaisedAt" = "RegisteredAt" """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "RaisedAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "SourceFacts",
                table: "Cases");
        }
    }
}
