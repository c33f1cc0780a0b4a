using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WhistlesKnowWhomAReportIsAbout : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Earlier",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "ReportedUnit",
                table: "Whistles",
                type: "TEXT",
                maxLength: 100,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Earlier",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "ReportedUnit",
                table: "Whistles");
        }
    }
}
