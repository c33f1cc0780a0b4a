using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FirmListsAreRead : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_Subjects",
                table: "Cases");

            migrationBuilder.AddColumn<int>(
                name: "Edition",
                table: "FirmLists",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.Sql("""UPDATE "FirmLists" SET "Edition" = json_array_length("Editions");""");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Subjects",
                table: "Cases",
                columns: new[] { "District", "RaisedAt", "SubjectKey", "SubjectComplainedOf", "CalledBackAt", "Solved", "JoinedCount", "RedoneCount", "IsExcluded" },
                filter: "\"SubjectKey\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_Subjects",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Edition",
                table: "FirmLists");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Subjects",
                table: "Cases",
                columns: new[] { "District", "RaisedAt", "SubjectKey", "SubjectComplainedOf", "Solved", "JoinedCount", "RedoneCount", "IsExcluded" },
                filter: "\"SubjectKey\" IS NOT NULL");
        }
    }
}
